package dev.parley.store;

import dev.parley.store.PostgresSession.Boot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the others that this gateway is up, and looks whether they are: a session that has this
 * gateway's lock, hears of others' commits, and is replaced when it breaks. Has a thread of its
 * own.
 */
final class PostgresMembership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresMembership.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int LOCK_MILLIS = 5_000;

  /** Soon notices that the server does not answer. */
  private static final int WATCH_MILLIS = 10_000;

  /** Whoever lost its session with this one has so many times longer to come back. */
  private static final int GRACE = 5;

  /** Whoever opened the database alone, as gateways did once, has it exclusively. */
  private static final String LOCK =
      "set lock_timeout = %d; select pg_advisory_lock_shared(1346458188,"
          + " hashtext(coalesce(current_schema(), '')))";

  private final PostgresLink link;
  private final Boot boot;
  private final PostgresStore.Patience patience;
  private final Map<Integer, Long> missedSince = new HashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread;
  private @Nullable Connection session;
  private long lookAt;
  private long trustFrom;
  private boolean away;
  private volatile boolean ended;
  private volatile boolean closed;

  private PostgresMembership(
      PostgresLink link, Boot boot, PostgresStore.Patience patience, Connection session) {
    this.link = link;
    this.boot = boot;
    this.patience = patience;
    this.session = session;
    lookAt = System.nanoTime();
    trustFrom = lookAt;
    thread = Thread.ofPlatform().name("parley-gateways").daemon().unstarted(this::run);
  }

  /** Opens the store: brings the tables to this version, counts the boot. */
  // The membership closes its session.
  @SuppressWarnings("MustBeClosedChecker")
  static PostgresMembership open(PostgresLink link, PostgresStore.Patience patience)
      throws StoreUnusable {
    Connection session;
    try {
      session = link.connect();
    } catch (SQLException e) {
      throw PostgresErrors.unusable(link.address(), e);
    }
    boolean opened = false;
    try {
      share(session, link.address(), patience.lock());
      PostgresSchema.CURRENT.migrate(session, link.address());
      var boot = PostgresRegister.join(session);
      use(session, boot);
      opened = true;
      return new PostgresMembership(link, boot, patience, session);
    } catch (SQLException e) {
      throw PostgresErrors.unusable(link.address(), e);
    } finally {
      if (!opened) {
        PostgresLink.drop(session);
      }
    }
  }

  private static void share(Connection session, PostgresAddress address, Duration wait)
      throws SQLException, StoreUnusable {
    try {
      Sql.execute(session, LOCK.formatted(wait.toMillis()));
    } catch (SQLException e) {
      if (PostgresErrors.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw StoreUnusable.inUse(address, holder(session));
      }
      throw e;
    }
    Sql.execute(session, "set lock_timeout = 0");
  }

  private static String holder(Connection session) throws SQLException {
    if (PostgresLink.number(session, "select count(to_regclass('boot'))") == 0) {
      return "that is opening it";
    }
    try (var statement = session.createStatement();
        var rows = statement.executeQuery("select node from boot order by id desc limit 1")) {
      return rows.next() ? rows.getString(1) : "that is opening it";
    }
  }

  private static void use(Connection session, Boot boot) throws SQLException {
    Sql.execute(session, "set application_name = '%s'".formatted(boot.membershipName()));
    Sql.execute(session, "set lock_timeout = %d; listen %s".formatted(LOCK_MILLIS, boot.channel()));
    session.setNetworkTimeout(Runnable::run, WATCH_MILLIS);
  }

  Boot boot() {
    return boot;
  }

  void start() {
    thread.start();
  }

  /** Whether another gateway took this one for ended: nothing that it writes is taken any more. */
  boolean isTakenForEnded() {
    return ended;
  }

  /** Returns when another gateway has committed something, or after so long. */
  void await(Duration atMost) {
    try {
      if (!closed && bell.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        bell.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed && !ended) {
      try {
        hear(session());
      } catch (SQLException e) {
        if (!closed && !away) {
          LOG.warn("The session with other gateways is lost: {}", PostgresErrors.oneLine(e));
        }
        away = true;
        drop();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    drop();
    bell.release();
  }

  private void hear(Connection open) throws SQLException {
    var heard = open.unwrap(PGConnection.class).getNotifications(millisToLook());
    if (heard != null) {
      for (var one : heard) {
        boolean isNews = !one.getParameter().equals(Integer.toString(boot.id()));
        if (isNews && bell.availablePermits() == 0) {
          bell.release();
        }
      }
    }
    if (!closed && System.nanoTime() - lookAt >= 0) {
      look(open);
      lookAt = System.nanoTime() + patience.absence().toNanos() / 2;
    }
  }

  /** At least one: none would be without end. */
  private int millisToLook() {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(lookAt - System.nanoTime()));
  }

  private void look(Connection open) throws SQLException {
    var up = PostgresRegister.look(open);
    if (up.stream().noneMatch(one -> one.boot() == boot.id())) {
      end();
      return;
    }
    var missed = new HashSet<Integer>();
    for (var one : up) {
      if (!one.isThere() && System.nanoTime() - trustFrom >= 0) {
        missed.add(one.boot());
      }
    }
    missedSince.keySet().retainAll(missed);
    for (int other : missed) {
      long now = System.nanoTime();
      if (now - missedSince.computeIfAbsent(other, _ -> now) >= patience.absence().toNanos()) {
        PostgresRegister.declareEnded(boot, other, open);
        LOG.warn("The gateway with boot {} is gone", other);
      }
    }
  }

  private void end() {
    if (!closed) {
      ended = true;
      LOG.error("Another gateway has taken this one for ended: it writes no more");
    }
  }

  private Connection session() throws SQLException {
    var open = session;
    if (open == null) {
      open = reconnect();
      session = open;
      away = false;
      missedSince.clear();
      lookAt = System.nanoTime();
      trustFrom = lookAt + GRACE * patience.absence().toNanos();
      // Something may have been told meanwhile.
      bell.release();
      LOG.info("The session with other gateways is back");
    }
    return open;
  }

  // Its caller keeps it.
  @SuppressWarnings("MustBeClosedChecker")
  private Connection reconnect() throws SQLException {
    var fresh = link.connect();
    boolean ready = false;
    try {
      PostgresSession.end(boot.membershipName(), fresh);
      Sql.execute(fresh, LOCK.formatted(patience.lock().toMillis()));
      PostgresRegister.lock(boot, fresh);
      use(fresh, boot);
      ready = true;
      return fresh;
    } finally {
      if (!ready) {
        PostgresLink.drop(fresh);
      }
    }
  }

  private void drop() {
    var open = session;
    session = null;
    if (open != null) {
      PostgresLink.drop(open);
    }
  }

  /** Its thread has not begun. */
  void abandon() {
    closed = true;
    drop();
  }

  /** The thread ends by itself; it is woken by what its gateway told when it left. */
  @Override
  public void close() {
    closed = true;
    bell.release();
  }
}
