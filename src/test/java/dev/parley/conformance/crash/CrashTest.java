package dev.parley.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.TestDatabase;
import dev.parley.turn.Checkpoint;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CrashTest {
  private static final int KILLS = 25;
  private static final int FEW_KILLS = 3;
  private static final Duration LIFE = Duration.ofMillis(1500);
  private static final Duration SHORT_LIFE = Duration.ofMillis(600);
  private static final long SEED = 20_260_101;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void what_was_acknowledged_has_its_effect_exactly_once_whenever_the_gateway_is_killed()
      throws Exception {
    var report = new CrashAudit(KILLS, LIFE, SEED, Optional.empty()).run();

    assertThat(report.violations()).as(String.join("\n", report.lines())).isEmpty();
    assertThat(report.totalKills()).isGreaterThanOrEqualTo(KILLS);
    assertThat(points())
        .allSatisfy(p -> assertThat(report.kills().get(p)).as(p).isGreaterThanOrEqualTo(3));
    assertThat(report.messages().acknowledged()).isGreaterThan(300);
    assertThat(report.messages().repeated()).isGreaterThan(50);
    assertThat(report.messages().duplicatesAnswered()).isGreaterThan(20);
    assertThat(report.replayed()).isEqualTo(report.messages().conversations());
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void it_is_the_same_on_postgres() throws Exception {
    var server = Optional.of(TestDatabase.server());

    var report = new CrashAudit(FEW_KILLS, SHORT_LIFE, SEED, server).run();

    assertThat(report.violations()).as(String.join("\n", report.lines())).isEmpty();
    assertThat(report.totalKills()).isGreaterThanOrEqualTo(FEW_KILLS);
    assertThat(report.messages().acknowledged()).isGreaterThan(20);
    assertThat(report.replayed()).isEqualTo(report.messages().conversations());
  }

  private static Stream<String> points() {
    return Stream.of(Checkpoint.values())
        .map(p -> p.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
