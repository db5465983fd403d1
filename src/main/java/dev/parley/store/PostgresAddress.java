package dev.parley.store;

import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A PostgreSQL database and who logs in to it. What is shown of it, in messages or logs, has no
 * secret in it.
 */
public final class PostgresAddress {
  private static final String PREFIX = "jdbc:postgresql:";

  /** The driver logs what it cannot read with the secrets in it; what matters it throws. */
  private static final Logger DRIVERS_LOG = Logger.getLogger("org.postgresql");

  static {
    DRIVERS_LOG.setLevel(Level.OFF);
  }

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final Properties parsed;

  private PostgresAddress(
      String url, @Nullable String user, @Nullable String password, Properties parsed) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.parsed = parsed;
  }

  /**
   * From the driver's own form of an address.
   *
   * @param user instead of the address's; null: the address's
   * @param password instead of the address's; null: the address's
   */
  public static PostgresAddress of(String url, @Nullable String user, @Nullable String password)
      throws StoreUnusable {
    boolean readable = url.startsWith(PREFIX) && !url.replaceFirst("\\?.*", "").contains("@");
    var parsed = readable ? Driver.parseURL(url, new Properties()) : null;
    if (parsed == null) {
      throw StoreUnusable.notAnAddress();
    }
    return new PostgresAddress(url, user, password, parsed);
  }

  /** The same server and login, another database. */
  PostgresAddress database(String name) throws StoreUnusable {
    int query = url.indexOf('?');
    String rest = query < 0 ? "" : url.substring(query);
    return of(PREFIX + "//" + servers() + "/" + name + rest, user, password);
  }

  /** As the driver takes them. */
  public String url() {
    return url;
  }

  /** What the address need not say: {@code user} and {@code password}, where they are known. */
  public Properties login() {
    var login = new Properties();
    if (user != null) {
      PGProperty.USER.set(login, user);
    }
    if (password != null) {
      PGProperty.PASSWORD.set(login, password);
    }
    return login;
  }

  String user() {
    var inAddress = PGProperty.USER.getOrDefault(parsed);
    return user != null ? user : inAddress != null ? inAddress : System.getProperty("user.name");
  }

  String server() {
    return servers();
  }

  String name() {
    return String.valueOf(PGProperty.PG_DBNAME.getOrDefault(parsed));
  }

  private String servers() {
    var hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(parsed)).split(",", -1);
    var ports = String.valueOf(PGProperty.PG_PORT.getOrDefault(parsed)).split(",", -1);
    var servers = new StringBuilder();
    for (int i = 0; i < hosts.length; i++) {
      servers.append(i == 0 ? "" : ",").append(hosts[i]).append(':');
      servers.append(ports[Math.min(i, ports.length - 1)]);
    }
    return servers.toString();
  }

  @Override
  public String toString() {
    return "PostgreSQL database %s on %s".formatted(name(), servers());
  }
}
