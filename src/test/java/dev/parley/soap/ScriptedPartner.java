package dev.parley.soap;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers every request alike, and remembers the last. */
final class ScriptedPartner implements AutoCloseable {
  private final HttpServer server;
  private volatile int status = 202;
  private volatile String entity = "";
  private volatile String request = "";
  private volatile Headers headers = new Headers();

  ScriptedPartner() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  void answers(int newStatus, String newEntity) {
    status = newStatus;
    entity = newEntity;
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/partner";
  }

  String request() {
    return request;
  }

  String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      headers = exchange.getRequestHeaders();
      byte[] bytes = entity.getBytes(StandardCharsets.UTF_8);
      String type = entity.startsWith("<html") ? "text/html" : "text/xml; charset=UTF-8";
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
