package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;

/**
 * A row of the commit log: what one gateway tells the others.
 *
 * @param slice that its identities went to and that is open since; 0 where it wrote none
 * @param dropped slice of identities that is gone; 0: none
 * @param identities without the bodies' hashes
 */
record LoggedCommit(
    News news, WriteSet written, long slice, long dropped, List<IdentityRow> identities) {
  private static final int IDENTITY_BYTES = Digest.BYTES + Long.BYTES;
  private static final int NEWS = 1;

  LoggedCommit {
    identities = List.copyOf(identities);
  }

  /** That gateways have come or ended. */
  static LoggedCommit ofGateways(long number) {
    return new LoggedCommit(News.ofNothing(number), WriteSet.ofGateways(), 0, 0, List.of());
  }

  long number() {
    return news.number();
  }

  byte[] identityBytes() {
    var bytes = ByteBuffer.allocate(identities.size() * IDENTITY_BYTES);
    for (var row : identities) {
      bytes.put(row.identity().toBytes()).putLong(row.message().value());
    }
    return bytes.array();
  }

  static List<IdentityRow> identities(byte[] stored) {
    var bytes = ByteBuffer.wrap(stored);
    var rows = new ArrayList<IdentityRow>();
    while (bytes.hasRemaining()) {
      byte[] digest = new byte[Digest.BYTES];
      bytes.get(digest);
      rows.add(new IdentityRow(Digest.ofBytes(digest), new MessageId(bytes.getLong()), 0));
    }
    return rows;
  }

  byte[] newsBytes() {
    var answered = ByteBuffer.allocate(news.answered().size() * Long.BYTES);
    news.answered().forEach(id -> answered.putLong(id.value()));
    var parts = new Parts.Writer(NEWS);
    parts
        .text(Long.toString(news.at().toEpochMilli()))
        .text(news.deployed() ? "deployed" : null)
        .bytes(answered.array());
    for (var queue : news.queues()) {
      var operation = queue.name().operation();
      parts
          .text(queue.name().process())
          .text(operation.interfaceName().toString())
          .text(operation.operation())
          .text(Integer.toString(Codes.KIND.of(queue.name().kind())))
          .text(Long.toString(queue.messages()))
          .text(Long.toString(queue.bytes()));
    }
    return parts.bytes();
  }

  static News news(long number, byte[] stored) {
    var parts = new Parts(stored);
    if (parts.tag() != NEWS) {
      throw parts.unexpected();
    }
    var at = Instant.ofEpochMilli(Long.parseLong(parts.nextText()));
    boolean deployed = parts.next() != null;
    var ids = ByteBuffer.wrap(parts.nextBytes());
    var answered = new ArrayList<MessageId>();
    while (ids.hasRemaining()) {
      answered.add(new MessageId(ids.getLong()));
    }
    var queues = new ArrayList<QueueRow>();
    while (!parts.atEnd()) {
      queues.add(queue(parts));
    }
    return new News(number, at, answered, queues, deployed);
  }

  private static QueueRow queue(Parts parts) {
    var process = parts.nextText();
    var operation = new OperationName(QName.valueOf(parts.nextText()), parts.nextText());
    var kind = Codes.KIND.at(Integer.parseInt(parts.nextText()));
    var name = new QueueName(process, operation, kind);
    return new QueueRow(name, Long.parseLong(parts.nextText()), Long.parseLong(parts.nextText()));
  }
}
