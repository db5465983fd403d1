package dev.parley.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that sends a message when the one before has been answered rightly. */
final class Caller implements AutoCloseable {
  private static final int LARGEST_REPLY = 1 << 16;

  private final SocketChannel channel;
  private final Script script;
  private final byte[] received = new byte[LARGEST_REPLY];
  private final ByteBuffer into = ByteBuffer.wrap(received);
  private long sentAt;

  Caller(InetSocketAddress server, Script script) throws IOException {
    this.script = script;
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  /** False when the script is at its end. */
  boolean send() throws IOException {
    var message = script.next();
    if (message.isEmpty()) {
      return false;
    }
    sentAt = System.nanoTime();
    channel.write(message.get());
    if (message.get().hasRemaining()) {
      throw new BenchException("Expected the socket to take a whole request.");
    }
    return true;
  }

  /** Nanoseconds from the request's first byte to the reply's last, or -1 while it is not whole. */
  long receive() throws IOException {
    if (channel.read(into) < 0) {
      throw new EOFException("The server closed the connection.");
    }
    int length = into.position();
    var reply = Reply.read(received, length);
    if (reply.isEmpty()) {
      return -1;
    }
    long nanos = System.nanoTime() - sentAt;
    check(reply.get(), length);
    into.clear();
    return nanos;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void check(Reply reply, int length) {
    var request = script.last();
    boolean right =
        reply.end() == length
            && reply.status() == request.operation.status
            && (!request.operation.isAnswered() || repeatsKey(reply, request));
    if (!right) {
      throw new BenchException(
          "Expected %d for '%s' with key %s, but received: %s"
              .formatted(
                  request.operation.status,
                  request.operation.element,
                  new String(request.key(), StandardCharsets.US_ASCII),
                  new String(received, 0, length, StandardCharsets.UTF_8)));
    }
  }

  private boolean repeatsKey(Reply reply, Request request) {
    return Reply.indexOf(received, reply.bodyFrom(), reply.end(), request.key()) >= 0;
  }
}
