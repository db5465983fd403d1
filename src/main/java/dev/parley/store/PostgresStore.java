package dev.parley.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database: a server's durability and its tools, and several gateways that share it.
 * Commits of all of them are numbered; one that rests on what another has written meanwhile is
 * refused.
 */
public final class PostgresStore extends PostgresTables {
  /**
   * How long to wait.
   *
   * @param lock for the end of a gateway of a version that has the database for itself
   * @param outcome for a COMMIT whose answer was lost to be looked up
   * @param absence for a gateway that has lost its session to come back
   */
  record Patience(Duration lock, Duration outcome, Duration absence) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(2));
  }

  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

  private final ReentrantLock writing = new ReentrantLock();
  private final PostgresMembership membership;
  private final PostgresSession session;
  private final PostgresContents contents;
  private final PostgresNews news;
  private final PostgresWriter writer;
  private final PostgresLeftovers leftovers;

  private PostgresStore(
      PostgresMembership membership,
      PostgresSession session,
      PostgresContents contents,
      Duration patience) {
    super(contents);
    this.membership = membership;
    this.session = session;
    this.contents = contents;
    news = contents.news();
    var identities = contents.identities();
    var log = new PostgresCommitLog(session.boot(), news.opened());
    writer = new PostgresWriter(session, log, contents.names(), identities, patience);
    leftovers = new PostgresLeftovers(this::write, writer, contents.viewer(), identities);
    membership.start();
  }

  /** Makes the tables where they are missing; another gateway may be up, or begin later. */
  public static PostgresStore open(PostgresAddress address) throws StoreUnusable {
    return open(address, Patience.USUAL);
  }

  static PostgresStore open(PostgresAddress address, Patience patience) throws StoreUnusable {
    var link = new PostgresLink(address);
    var membership = PostgresMembership.open(link, patience);
    var session = new PostgresSession(link, membership.boot());
    try {
      var contents = PostgresContents.read(link, session);
      return new PostgresStore(membership, session, contents, patience.outcome());
    } catch (SQLException e) {
      session.close();
      membership.abandon();
      throw PostgresErrors.unusable(address, e);
    }
  }

  @Override
  public void commit(Batch batch, ReadSet reads) {
    if (news.isBehind()) {
      throw PostgresCommitLog.behind();
    }
    if (batch.isEmpty()) {
      news.check(reads, contents.reader());
      return;
    }
    write(() -> writer.commit(batch, reads));
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public long opened() {
    return news.opened();
  }

  @Override
  public Set<Integer> gateways() {
    return news.gateways();
  }

  @Override
  public List<News> news() {
    if (membership.isTakenForEnded()) {
      throw PostgresCommitLog.takenForEnded();
    }
    return news.hear(contents.reader(), contents.identities());
  }

  @Override
  public void awaitNews(Duration atMost) {
    membership.await(atMost);
  }

  private void write(Runnable work) {
    writing.lock();
    try {
      work.run();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Leftovers leftovers() {
    return leftovers;
  }

  @Override
  public long storeId() {
    return session.boot().store();
  }

  @Override
  public int bootId() {
    return session.boot().id();
  }

  @Override
  public void close() {
    writer.close();
    membership.close();
    writing.lock();
    try {
      leave();
      session.close();
    } finally {
      writing.unlock();
    }
    contents.close();
  }

  /** So that the others need not find it out. */
  private void leave() {
    var connection = session.existing();
    if (connection.isPresent()) {
      try {
        PostgresRegister.leave(session.boot(), connection.get());
      } catch (SQLException e) {
        LOG.debug("The other gateways are not told that this one ends: {}", e.getMessage());
      }
    }
  }
}
