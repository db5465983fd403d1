package dev.parley.bench;

import dev.parley.Surroundings.Borders;
import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Store;
import dev.parley.turn.Door;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is behind the wire of a gateway in this process: its door, its store, what came in last. */
final class Inside implements Borders {
  private @Nullable Store store;
  private @Nullable Door door;
  private volatile @Nullable Message latest;

  @Override
  public Store around(Store given) {
    store = given;
    return given;
  }

  @Override
  public Door around(Door given) {
    door = given;
    return new Door() {
      @Override
      public MessageId nextId() {
        return given.nextId();
      }

      @Override
      public CompletableFuture<Answer> submit(Message message) {
        latest = message;
        return given.submit(message);
      }

      @Override
      public CompletableFuture<Answer> abandon(MessageId exchange) {
        return given.abandon(exchange);
      }
    };
  }

  Store store() {
    return Objects.requireNonNull(store);
  }

  /** Whoever submits here is not heard of as the latest. */
  Door door() {
    return Objects.requireNonNull(door);
  }

  /** Sends one message as the load generator does; what it was when it had been read. */
  Message sent(String address, Filling.Kind kind, int index) {
    var operation = kind.operation();
    var request =
        HttpRequest.newBuilder(URI.create(address + operation.path))
            .header("Content-Type", "text/xml; charset=UTF-8")
            .header("SOAPAction", "\"urn:parley:bench:%s\"".formatted(operation.element))
            .header("Idempotency-Key", Request.digits(kind.identity(index)))
            .POST(BodyPublishers.ofString(Request.envelope(operation, kind.key(index))))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != operation.status) {
        throw new BenchException(
            "Expected %d for '%s', but received %d: %s"
                .formatted(
                    operation.status, operation.element, response.statusCode(), response.body()));
      }
    } catch (IOException e) {
      throw new BenchException("A message could not be sent: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.", e);
    }
    return Objects.requireNonNull(latest);
  }
}
