package dev.parley.soap;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
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
final class HttpFront {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int PLATFORM_THREADS = 20;

  private final Server server;
  private final ServerConnector connector;
  private final String host;
  private final int port;

  HttpFront(String host, int port, HttpServlet servlet) {
    this.host = host;
    this.port = port;
    var threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(threads);
    server.setStopTimeout(STOP_WITHIN.toMillis());
    server.setErrorHandler(HttpFront::error);
    var context = new ServletContextHandler("/", false, false);
    var holder = new ServletHolder(servlet);
    // Callers wait on virtual threads; CXF prepares continuations for every message otherwise.
    holder.setAsyncSupported(false);
    context.addServlet(holder, "/*");
    server.setHandler(new GracefulHandler(context));
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
  }

  void start() {
    try {
      connector.open();
      server.start();
    } catch (Exception e) {
      stop();
      throw new IllegalStateException(explanation(e), e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  void stop() {
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
