package dev.parley.server;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
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

/** The HTTP server: virtual threads for requests, and a stop that lets them finish. */
public final class HttpServer implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int PLATFORM_THREADS = 20;

  private final Server server;
  private final ServerConnector connector;
  private final String host;
  private final int port;

  /**
   * A server that does not listen yet.
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
    server.setHandler(new GracefulHandler(new Handler.Sequence(handlers)));
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
  }

  /** Listens; throws IllegalStateException with one clear line when the address is taken. */
  public void start() {
    try {
      connector.open();
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
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not stop cleanly", e);
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
