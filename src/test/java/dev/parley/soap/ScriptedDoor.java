package dev.parley.soap;

import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.turn.Door;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Answers as the test says, and remembers what came. */
final class ScriptedDoor implements Door {
  final List<Message> taken = new CopyOnWriteArrayList<>();
  final List<MessageId> abandoned = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Message> arrivals = new LinkedBlockingQueue<>();
  private final AtomicLong ids = new AtomicLong();
  volatile Function<Message, CompletableFuture<Answer>> script =
      _ -> CompletableFuture.completedFuture(Answer.ACCEPTED);

  void answer(Answer answer) {
    script = _ -> CompletableFuture.completedFuture(answer);
  }

  void forget() {
    taken.clear();
    abandoned.clear();
    arrivals.clear();
  }

  Message arrival() throws InterruptedException {
    var message = arrivals.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Expected a message at the door, but none came");
    }
    return message;
  }

  @Override
  public MessageId nextId() {
    return new MessageId(ids.incrementAndGet());
  }

  @Override
  public CompletableFuture<Answer> submit(Message message) {
    taken.add(message);
    var answer = script.apply(message);
    arrivals.add(message);
    return answer;
  }

  @Override
  public CompletableFuture<Answer> abandon(MessageId exchange) {
    abandoned.add(exchange);
    return CompletableFuture.completedFuture(Answer.ACCEPTED);
  }
}
