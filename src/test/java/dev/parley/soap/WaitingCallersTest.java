package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What callers cost that wait for their answers: {@code -Dparley.callers=2000} asks for more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingCallersTest {
  private static final int CALLERS = Integer.getInteger("parley.callers", 500);

  /** 200 MiB for 2 000. */
  private static final long EACH = 100L << 10;

  @Test
  void callers_who_wait_cost_little_memory_and_no_platform_thread() throws Exception {
    try (var orders = new HostedOrders(HostedOrders.settings(Duration.ofMinutes(5)))) {
      var answer = new CompletableFuture<Answer>();
      warmUp(orders);
      orders.door.forget();
      orders.door.script = _ -> answer;
      long before = used();
      int threads = platformThreads();
      var callers = callers(orders);
      for (int i = 0; i < CALLERS; i++) {
        orders.door.arrival();
      }
      orders.door.forget();
      int more = platformThreads() - threads;
      long each = (used() - before) / CALLERS;
      answer.complete(new Answer.Reply(Body.of("<late/>")));
      for (var caller : callers) {
        try (caller) {
          assertThat(firstLine(caller)).isEqualTo("HTTP/1.1 200 OK");
        }
      }
      assertThat(each).as("bytes for each of %d callers", CALLERS).isLessThan(EACH);
      assertThat(more).isLessThan(20);
    }
  }

  /** Buffers and caches that one caller needs as much as many. */
  private static void warmUp(HostedOrders orders) {
    orders.door.answer(new Answer.Reply(Body.of("<r/>")));
    for (int i = 0; i < 20; i++) {
      orders.post(SoapVersion.SOAP_11, "order", "x");
    }
  }

  /** Plain sockets, which cost the caller's side next to nothing. */
  private static List<Socket> callers(HostedOrders orders) throws IOException {
    var entity = envelope(SoapVersion.SOAP_11, element("order", "x".repeat(1_000)));
    var request =
        "POST /services/shop/Orders11 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(entity.length(), entity)
            .getBytes(StandardCharsets.US_ASCII);
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < CALLERS; i++) {
      var socket = new Socket(InetAddress.getByName("localhost"), orders.server.port());
      socket.getOutputStream().write(request);
      sockets.add(socket);
    }
    return sockets;
  }

  private static String firstLine(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0 && c != '\r'; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** Live heap, virtual threads' stacks among it, and what is outside of it. */
  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(p -> p.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }

  private static int platformThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
