package dev.parley.conformance.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.xml.stream.XMLStreamException;

/**
 * The partner that the audited process calls. It records what it hears before it answers, and now
 * and then it answers late, asks for another attempt or hangs up, as partners do.
 */
final class LedgerPartner implements AutoCloseable {
  private static final int HANGS_UP_PERCENT = 2;
  private static final int UNAVAILABLE_PERCENT = 3;
  private static final int SLOW_PERCENT = 8;

  private final Ledger ledger;
  private final long seed;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  LedgerPartner(Ledger ledger, long seed) throws IOException {
    this.ledger = ledger;
    this.seed = seed;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext("/ledger", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ledger";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = Leaves.read(exchange.getRequestBody());
      String wireId = request.first("MessageID");
      String instance = request.first("instance");
      boolean isNote = request.all("sequence").isEmpty();
      var recorded =
          isNote
              ? ledger.record(wireId, instance, instance, 0)
              : ledger.record(
                  wireId,
                  instance,
                  request.first("key"),
                  Integer.parseInt(request.first("sequence")));
      answer(exchange, isNote, recorded, chance(wireId, recorded));
    } catch (XMLStreamException e) {
      exchange.sendResponseHeaders(400, -1);
    }
  }

  /** The same with the same seed, message and attempt. */
  private int chance(String wireId, Ledger.Recorded recorded) {
    return new SplittableRandom(seed + wireId.hashCode() * 31L + recorded.arrivals()).nextInt(100);
  }

  private static void answer(
      HttpExchange exchange, boolean isNote, Ledger.Recorded recorded, int chance)
      throws IOException {
    if (chance < HANGS_UP_PERCENT) {
      return;
    }
    if (chance < UNAVAILABLE_PERCENT) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    if (chance < SLOW_PERCENT) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
    }
    if (isNote) {
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    byte[] reply = reply(recorded.receipt()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
  }

  private static String reply(String receipt) {
    return ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<recorded xmlns=\"urn:parley:ledger\"><receipt>%s</receipt></recorded>"
            + "</s:Body></s:Envelope>")
        .formatted(receipt);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
