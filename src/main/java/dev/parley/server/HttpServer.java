package dev.parley.server;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: virtual threads for requests, and a stop that lets them finish. */
public final class HttpServer implements AutoCloseable {
  /** What is under way may take so long to finish when the server stops. */
  private static final Duration FINISH_WITHIN = Duration.ofSeconds(10);

  /** Then; nothing is under way any more. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  /** A connection on which nothing moves for so long does not hold up what is under way. */
  private static final Duration STALLED = Duration.ofSeconds(1);

  /** A connection that is kept alive without a request does not hold up the stop. */
  private static final Duration KEPT_ALIVE = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int PLATFORM_THREADS = 20;

  /** Connections that may come in one moment; the JDK's own 50 make callers try again. */
  private static final int AT_ONCE = 1_024;

  private final Server server;
  private final ServerConnector connector;
  private final GracefulHandler requests;
  private final String host;
  private final int port;

  /**
   * A server that has its port, but takes no requests yet; throws IllegalStateException with one
   * clear line when the address is taken.
   *
   * @param port 0 takes a free one
   * @param handlers asked in this order, until one takes the request
   */
  public HttpServer(String host, int port, List<Handler> handlers) {
    this.host = host;
    this.port = port;
    var threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(threads);
    server.setStopTimeout(STOP_WITHIN.toMillis());
    server.setErrorHandler(HttpServer::error);
    requests = new GracefulHandler(new Handler.Sequence(handlers));
    server.setHandler(requests);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setAcceptQueueSize(AT_ONCE);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setShutdownIdleTimeout(KEPT_ALIVE.toMillis());
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      throw new IllegalStateException(explanation(e), e);
    }
  }

  /** Takes requests; throws IllegalStateException with one clear line when it cannot. */
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException(explanation(e), e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Accepts no more, and lets what is under way finish, for ten seconds at most. */
  @Override
  public void close() {
    finish();
    // A server that was never started would keep its port.
    connector.close();
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not stop cleanly", e);
    }
  }

  /** Afterwards every connection is idle, or has had its time. */
  private void finish() {
    connector.getConnectedEndPoints().forEach(e -> e.setIdleTimeout(STALLED.toMillis()));
    try {
      requests.shutdown().get(FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Requests under way are cut off, for they did not end within {}", FINISH_WITHIN);
    }
  }

  private String explanation(Exception problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return "Cannot listen on %s:%d: the address is in use by another program. Stop it, or configure another port."
            .formatted(host, port);
      }
    }
    return "Cannot listen on %s:%d: %s. Configure an address of this machine."
        .formatted(host, port, problem instanceof IOException ? problem.getMessage() : problem);
  }

  private static HttpConfiguration configuration() {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    return configuration;
  }

  /** One line, where Jetty would show a page of its own. */
  private static boolean error(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=UTF-8");
    String line = "HTTP status " + response.getStatus() + "\n";
    Content.Sink.write(response, true, line, callback);
    return true;
  }
}
