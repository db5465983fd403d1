package dev.parley.conformance.run;

import dev.parley.Surroundings;
import dev.parley.config.Config;
import dev.parley.config.ConfigReader;
import dev.parley.config.ConfigUnusable;
import dev.parley.conformance.language.Case;
import dev.parley.conformance.language.Case.Need;
import dev.parley.conformance.language.Step;
import dev.parley.conformance.run.CaseResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Plays a case against a gateway of its own in this process, or against one that runs somewhere.
 */
public final class CaseRunner {
  private static final Instant BEGIN = Instant.parse("2030-01-01T12:00:00Z");

  /** Partners of a case are on this machine. */
  private static final List<String> HERE = List.of("http://localhost:*", "http://127.0.0.1:*");

  private final Supplier<Surroundings.Borders> borders;
  private final Optional<URI> target;
  private final Duration patience;
  private final Map<String, Integer> given;

  private CaseRunner(
      Supplier<Surroundings.Borders> borders,
      Optional<URI> target,
      Duration patience,
      Map<String, Integer> ports) {
    this.borders = borders;
    this.target = target;
    this.patience = patience;
    this.given = Map.copyOf(ports);
  }

  /** Each case gets a fresh gateway in this process. */
  public static CaseRunner inProcess() {
    return inProcess(() -> new Surroundings.Borders() {});
  }

  /** The same, with something around each gateway. */
  public static CaseRunner inProcess(Supplier<Surroundings.Borders> borders) {
    return new CaseRunner(borders, Optional.empty(), Duration.ZERO, Map.of());
  }

  /**
   * Against a gateway that runs already.
   *
   * @param patience how long something may take to come
   * @param partners the ports at which it expects its partners, by their names
   */
  public static CaseRunner against(URI target, Duration patience, Map<String, Integer> partners) {
    return new CaseRunner(
        () -> new Surroundings.Borders() {}, Optional.of(target), patience, partners);
  }

  /** Whether cases are apart from each other, so that several may be played at once. */
  public boolean isolates() {
    return target.isEmpty();
  }

  /** What comes of it; never throws for what the gateway does. */
  public CaseResult run(Case played) {
    long began = System.nanoTime();
    var obstacle = obstacle(played);
    var outcome = obstacle.isPresent() ? new Outcome.NotRun(obstacle.get()) : play(played);
    return new CaseResult(played, outcome, Duration.ofNanos(System.nanoTime() - began));
  }

  private Optional<String> obstacle(Case played) {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    var needs = played.needs();
    if (!needs.isEmpty()) {
      return Optional.of(
          String.join(" and ", needs.stream().map(Need::why).toList())
              + ", which is possible in process only");
    }
    return partners(played).stream()
        .filter(p -> !given.containsKey(p))
        .findFirst()
        .map(
            p ->
                "it plays the partner '%s', but no port is given for it (--partner %s=PORT)"
                    .formatted(p, p));
  }

  private Outcome play(Case played) {
    var time = new VirtualTime(target.isPresent() ? Instant.EPOCH : begin(played));
    var stage = new Stage(time);
    var ports = new Ports(given);
    for (String name : partners(played)) {
      stage.add(new MockPartner(name, ports.of(name), time, stage), name);
    }
    try (var data = new Scratch();
        var tested = tested(played, stage, data.folder())) {
      try {
        return play(played, stage, tested);
      } finally {
        stage.partners().forEach(MockPartner::close);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      var last = played.steps().getLast().at();
      return new Outcome.Failed(
          last, "that the case begins and ends in good order", e.toString(), stage.diary.lines());
    }
  }

  private static Outcome play(Case played, Stage stage, Tested tested) {
    var player = new Player(stage, tested, played.steps().getFirst());
    try {
      player.play(played.steps());
      return new Outcome.Passed();
    } catch (Mismatch e) {
      return failed(player, stage, e.expected(), e.actual());
    } catch (RuntimeException e) {
      return failed(player, stage, "that the step can be taken", e.toString());
    }
  }

  private static Outcome failed(Player player, Stage stage, String expected, String actual) {
    return new Outcome.Failed(player.current().at(), expected, actual, stage.diary.lines());
  }

  private Tested tested(Case played, Stage stage, Path data) {
    if (target.isPresent()) {
      return new Remote(target.get(), patience);
    }
    var node = new Node(stage.time, config(played, stage, data), stage, borders.get());
    return new InProcess(stage.time, node);
  }

  private static Config config(Case played, Stage stage, Path data) {
    var settings = settings(played);
    var base = settings.flatMap(Step.Settings::configuration).map(CaseRunner::configured);
    var said = base.orElse(Config.DEFAULT);
    var partners = new HashMap<>(said.partners());
    partners(played).forEach(p -> partners.put(p, stage.partner(p).address()));
    return new Config(
        said.host(),
        0,
        data,
        said.store(),
        null,
        said.maxMessageBytes(),
        settings.flatMap(Step.Settings::validate).orElse(said.validate()),
        settings.flatMap(Step.Settings::replyWithin).orElse(said.replyWithin()),
        HERE,
        partners,
        said.retention(),
        said.queue());
  }

  /** As the gateway reads its file. */
  private static Config configured(String text) {
    try (var scratch = new Scratch()) {
      var file = Files.writeString(scratch.folder().resolve("parley.yaml"), text.stripIndent());
      return new ConfigReader(_ -> null, _ -> null).read(Optional.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigUnusable e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static Instant begin(Case played) {
    return settings(played).flatMap(Step.Settings::now).orElse(BEGIN);
  }

  private static Optional<Step.Settings> settings(Case played) {
    return steps(played, Step.Settings.class).findFirst();
  }

  private static Set<String> partners(Case played) {
    var names = new LinkedHashSet<String>();
    steps(played, Step.Partner.class).forEach(p -> names.add(p.name()));
    return names;
  }

  private static <S extends Step> Stream<S> steps(Case played, Class<S> type) {
    return played.steps().stream().filter(type::isInstance).map(type::cast);
  }

  /** A folder that goes when the case is over. */
  private static final class Scratch implements AutoCloseable {
    private final Path folder;

    Scratch() throws IOException {
      folder = Files.createTempDirectory("parley-case");
    }

    Path folder() {
      return folder;
    }

    @Override
    public void close() throws IOException {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
