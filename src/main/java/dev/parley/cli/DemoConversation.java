package dev.parley.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One order, three messages of the buyer, and a crash in the middle. */
final class DemoConversation implements Closeable {
  private static final int SECONDS = 20;
  private static final Duration MOMENT = Duration.ofMillis(400);
  private static final String BUYER = "buyer";
  private static final String GATEWAY = "gateway";
  private static final String SUPPLIER = "supplier";

  private final Path folder;
  private final Path bundle;
  private final Narrator narrator;
  private final long began = System.nanoTime();
  private final DemoSupplier supplier;
  private final DemoBuyer buyer = new DemoBuyer();
  private @Nullable DemoGateway gateway;
  private boolean closed;
  private URI address = URI.create("http://127.0.0.1:0");
  private int steps;

  /**
   * Prepares the conversation.
   *
   * @param folder for everything that is written
   * @param bundle the order pattern
   */
  DemoConversation(Path folder, Path bundle, Narrator narrator) throws IOException {
    this.folder = folder;
    this.bundle = bundle;
    this.narrator = narrator;
    this.supplier = new DemoSupplier();
  }

  void play() throws Deviation, IOException, InterruptedException {
    begin();
    var line = placeOrder();
    sendAddressTooEarly();
    var call = pay();
    kill(line);
    restart(call);
    repeat();
    audit();
    narrator.tell(
        new Scene.Ended(
            seconds(),
            "Killed in mid-sentence: one order, one reservation, one confirmation.",
            "Next: parley run, and in another terminal: parley send patterns/order place"));
  }

  private void begin() throws Deviation, IOException, InterruptedException {
    narrator.tell(
        new Scene.Began(
            "Parley demo: one order, three messages, one crash",
            "buyer ──▶ gateway, which hosts the process 'order' as a SOAP service ──▶ supplier"));
    step(
        "The gateway starts",
        "It deploys patterns/order: a BPMN process, and the WSDL contracts of the service it"
            + " provides and of the partner it calls.");
    startGateway(0);
    happened(
        GATEWAY, "serves %s/services/order/orders (pid %d)".formatted(address, running().pid()));
    happened(SUPPLIER, "serves %s, a program outside the gateway".formatted(supplier.address()));
  }

  private CompletableFuture<HttpResponse<String>> placeOrder()
      throws Deviation, InterruptedException {
    step(
        "The buyer places order 4711, and waits on the line",
        "In-out (a request-response operation): the message start event makes an instance of the"
            + " process; its reply is far away, at the end event.");
    var line = say(DemoBuyer.ORDER);
    Thread.sleep(MOMENT);
    Deviation.unless(!line.isDone(), "the buyer to wait for the confirmation", "an answer");
    happened(GATEWAY, "instance of 'order', correlation key byOrder = 4711, waits for the payment");
    return line;
  }

  private void sendAddressTooEarly() throws Deviation, InterruptedException {
    step(
        "The delivery address arrives too early",
        "In-only (a one-way operation): the process waits for the payment first, so no receive task"
            + " takes this message yet; it is not refused, it waits in the queue.");
    accepted(DemoBuyer.ADDRESS);
  }

  private DemoSupplier.Call pay() throws Deviation, InterruptedException {
    step(
        "The payment finds its instance by the correlation key",
        "The receive task 'Await payment' takes it; the next one, 'Await address', takes the queued"
            + " address at once; the service task 'Reserve stock' calls the supplier.");
    accepted(DemoBuyer.PAYMENT);
    var call = nextCall();
    Deviation.unless(!call.isKnown(), "a message that the supplier has not seen", "a duplicate");
    Deviation.unless(
        !call.messageId().isEmpty(), "a wsa:MessageID in the supplier's message", "none");
    happened(SUPPLIER, "writes the reservation into its ledger, and is slow to answer");
    return call;
  }

  private void kill(CompletableFuture<HttpResponse<String>> line)
      throws Deviation, InterruptedException {
    step(
        "The gateway is killed",
        "SIGKILL, as a power cut would: nothing can be saved now that was not saved before; the"
            + " request to the supplier was committed to the outbox before it was sent.");
    running().kill();
    happened(GATEWAY, "is dead");
    try {
      var answer = line.get(SECONDS, TimeUnit.SECONDS);
      throw Deviation.of("the buyer's line to break", "HTTP " + answer.statusCode());
    } catch (ExecutionException e) {
      happened(BUYER, "the line is broken: no confirmation, and no way to know");
    } catch (TimeoutException e) {
      throw Deviation.of("the buyer's line to break", "that it is open still");
    }
    supplier.stopThinking();
    happened(SUPPLIER, "has its answer ready, and nobody to give it to");
  }

  private void restart(DemoSupplier.Call before)
      throws Deviation, IOException, InterruptedException {
    step(
        "The gateway starts again with the same data",
        "The instance waits in its service task as before; the outbox still holds the request, so"
            + " it is sent again, under the same wsa:MessageID.");
    startGateway(address.getPort());
    happened(GATEWAY, "serves again (pid %d)".formatted(running().pid()));
    var call = nextCall();
    Deviation.unless(
        call.messageId().equals(before.messageId()),
        "the wsa:MessageID " + before.messageId(),
        call.messageId());
    Deviation.unless(call.isKnown(), "the supplier to recognise the message", "that it did not");
    happened(SUPPLIER, "knows this message id, and answers as before");
    said(SUPPLIER, GATEWAY, "reserve response", "HTTP 200", call.answer());
  }

  private void repeat() throws Deviation, InterruptedException {
    step(
        "The buyer asks again",
        "The same Idempotency-Key makes it the same message: it joins the instance that is there,"
            + " and gets the reply of the end event 'Confirmed'. No second order.");
    var answer = answer(say(DemoBuyer.ORDER));
    said(GATEWAY, BUYER, "place response", "HTTP " + answer.statusCode(), answer.body());
    String expected =
        "<confirmation><orderId>4711</orderId><reservation>R-1</reservation>"
            + "<shipTo>Canal Street 12</shipTo></confirmation>";
    Deviation.unless(answer.statusCode() == 200, "HTTP 200", "HTTP " + answer.statusCode());
    String found = SoapText.shortened(answer.body());
    Deviation.unless(found.equals(expected), expected, found);
    happened(BUYER, "repeats the payment too, to be sure; it is acknowledged and has no effect");
    accepted(DemoBuyer.PAYMENT);
  }

  private void audit() throws Deviation, IOException, InterruptedException {
    step(
        "The audit",
        "The gateway is ended in good order (SIGTERM), and its store is read: every message is"
            + " accounted for.");
    running().stop();
    var audited = DemoAudit.of(folder.resolve("data"), supplier.books());
    audited.forEach(narrator::tell);
    for (var row : audited) {
      Deviation.unless(row.isRight(), row.question() + " to be " + row.expected(), row.found());
    }
  }

  private void startGateway(int port) throws Deviation, IOException, InterruptedException {
    start(
        List.of(
            "--port",
            Integer.toString(port),
            "--data",
            folder.resolve("data").toString(),
            "--partner",
            "supplier=" + supplier.address(),
            bundle.toString()));
    address = running().address();
  }

  /** Nothing is started any more once the user has interrupted the demo. */
  private synchronized void start(List<String> arguments) throws Deviation, IOException {
    Deviation.unless(!closed, "to play on", "that it was interrupted");
    gateway = DemoGateway.start(folder, arguments);
  }

  private synchronized DemoGateway running() {
    return Objects.requireNonNull(gateway);
  }

  private CompletableFuture<HttpResponse<String>> say(DemoBuyer.Saying saying) {
    said(
        BUYER,
        GATEWAY,
        saying.operation(),
        "Idempotency-Key: " + saying.idempotencyKey(),
        saying.envelope());
    return buyer.say(saying, address);
  }

  /** Says it, and expects what WSDL lets a one-way operation answer: that it was accepted. */
  private void accepted(DemoBuyer.Saying saying) throws Deviation, InterruptedException {
    var answer = answer(say(saying));
    said(GATEWAY, BUYER, "accepted", "HTTP " + answer.statusCode(), "");
    Deviation.unless(
        answer.statusCode() == 202,
        "HTTP 202 for " + saying.operation(),
        "HTTP %d: %s".formatted(answer.statusCode(), SoapText.shortened(answer.body())));
  }

  private HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> line)
      throws Deviation, InterruptedException {
    try {
      return line.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Deviation.of("an answer", String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw Deviation.of("an answer within %d s".formatted(SECONDS), "none");
    }
  }

  private DemoSupplier.Call nextCall() throws Deviation, InterruptedException {
    var call = supplier.nextCall(SECONDS);
    if (call == null) {
      throw Deviation.of("a call at the supplier within %d s".formatted(SECONDS), "none");
    }
    said(GATEWAY, SUPPLIER, "reserve", "wsa:MessageID " + call.messageId(), call.envelope());
    return call;
  }

  private void step(String title, String explanation) {
    narrator.tell(new Scene.Step(++steps, seconds(), title, explanation));
  }

  private void said(String from, String to, String what, String detail, String envelope) {
    String xml = envelope.isEmpty() ? "" : SoapText.shortened(envelope);
    narrator.tell(new Scene.Said(from, to, what, detail, xml));
  }

  private void happened(String who, String what) {
    narrator.tell(new Scene.Happened(who, what));
  }

  private double seconds() {
    return Math.round((System.nanoTime() - began) / 1e8) / 10.0;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    buyer.close();
    supplier.close();
    if (gateway != null) {
      gateway.close();
    }
  }
}
