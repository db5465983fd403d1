package dev.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A partner that removes duplicates: it writes each message's {@code wsa:MessageID} into a ledger,
 * with what it reserved, and answers a message that it has seen as it did before.
 */
final class DemoSupplier implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentMap<String, String> ledger = new ConcurrentHashMap<>();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch thinking = new CountDownLatch(1);

  /**
   * What the supplier was asked.
   *
   * @param isKnown whether its message id was in the ledger
   */
  record Call(String messageId, boolean isKnown, String envelope, String answer) {}

  DemoSupplier() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/supplier", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:%d/supplier".formatted(server.getAddress().getPort());
  }

  /** The next call that comes within so many seconds; null when none does. */
  @Nullable Call nextCall(long seconds) throws InterruptedException {
    return calls.poll(seconds, TimeUnit.SECONDS);
  }

  /** Until now it has answered nothing. */
  void stopThinking() {
    thinking.countDown();
  }

  DemoAudit.SupplierBooks books() {
    return new DemoAudit.SupplierBooks(asked.get(), ledger.size());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String envelope = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String id = SoapText.textOf("MessageID", envelope).orElse("");
      String reservation = "R-" + (ledger.size() + 1);
      @Nullable String before = ledger.putIfAbsent(id, reservation);
      String answer = reserved(before == null ? reservation : before);
      asked.incrementAndGet();
      calls.add(new Call(id, before != null, envelope, answer));
      think();
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String reserved(String reservation) {
    return SoapText.envelope(
        SoapVersion.SOAP_11,
        """
        <s:reserved xmlns:s="urn:example:supplier"><s:reservation>%s</s:reservation></s:reserved>\
        """
            .formatted(reservation));
  }

  private void think() throws IOException {
    try {
      thinking.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The supplier was ended", e);
    }
  }

  @Override
  public void close() {
    thinking.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
