package dev.parley;

import dev.parley.deployment.Bundle;
import dev.parley.deployment.BundleArchive;
import dev.parley.deployment.Deployable;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.finding.RefusedException;
import dev.parley.message.Answer;
import dev.parley.message.Blob;
import dev.parley.message.Id;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.turn.Alarm;
import dev.parley.turn.Deployments;
import dev.parley.turn.LookAround;
import dev.parley.turn.ProcessVersion;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that were deployed. What runs is read from the store's copy, so that it stays when
 * the folder it came from changes.
 */
final class DeployedBundles {
  private static final Logger LOG = LoggerFactory.getLogger(DeployedBundles.class);

  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final Turns turns;
  private final Deployer deployer;

  DeployedBundles(Path folder, Turns turns, Deployer deployer) {
    this.folder = folder;
    this.turns = turns;
    this.deployer = deployer;
  }

  /** What the store has runs again. */
  void load() throws RefusedException, IOException {
    var loaded = Deployments.NONE;
    for (var row : turns.store().deployments()) {
      var copy = unpack(row.id(), row.bundle(), row.archive());
      loaded = loaded.with(versions(row, deployer.compile(copy)));
    }
    use(loaded);
  }

  /** What another gateway has deployed runs here too; one that cannot be read is tried again. */
  void follow() {
    var loaded = turns.deployments();
    try {
      for (var row : turns.store().deployments()) {
        if (row.definitions().values().stream().anyMatch(d -> !loaded.has(d))) {
          var copy = unpack(row.id(), row.bundle(), row.archive());
          turns.use(turns.deployments().with(versions(row, deployer.compile(copy))));
        }
      }
    } catch (RefusedException | IOException | RuntimeException e) {
      LOG.error("What another gateway has deployed cannot be run here", e);
    }
  }

  /** Deploys a bundle, unless the same content is what runs already; says whether it was new. */
  boolean deploy(Bundle bundle) throws RefusedException, IOException {
    for (int attempt = 1; ; attempt++) {
      var stored = turns.store().deployments();
      if (isNewest(bundle, stored)) {
        return false;
      }
      long id = turns.nextId().value();
      var archive = Blob.of(BundleArchive.zip(bundle));
      var compiled = compiled(id, unpack(id, bundle.name(), archive));
      var row = row(id, bundle, archive, compiled, stored);
      var answer = turns.submit(new TurnInput.Deploy(row)).join();
      if (Alarm.isUnavailable(answer) && attempt < ATTEMPTS) {
        // Another gateway has deployed something at the same moment: perhaps the same.
        delete(folder.resolve(Id.text(id)));
        follow();
        continue;
      }
      require(answer);
      compiled.warnings().forEach(w -> LOG.warn("{}", w));
      use(turns.deployments().with(versions(row, compiled)));
      return true;
    }
  }

  private static boolean isNewest(Bundle bundle, List<DeploymentRow> stored) {
    return stored.stream()
        .filter(d -> d.bundle().equals(bundle.name()))
        .reduce((_, last) -> last)
        .filter(d -> d.content().equals(bundle.content()))
        .isPresent();
  }

  /** Messages that wait are found by the keys that these read in them, too. */
  private void use(Deployments next) {
    turns.use(next);
    var _ =
        new LookAround(turns.store(), turns::submit)
            .begin()
            .thenAccept(whole -> LOG.debug("Every waiting message was looked at: {}", whole));
  }

  private Deployable compiled(long id, Bundle copy) throws RefusedException, IOException {
    try {
      return deployer.compile(copy);
    } catch (RefusedException e) {
      delete(folder.resolve(Id.text(id)));
      throw e;
    }
  }

  private DeploymentRow row(
      long id, Bundle bundle, Blob archive, Deployable compiled, List<DeploymentRow> stored) {
    int generation = stored.stream().mapToInt(DeploymentRow::generation).max().orElse(0) + 1;
    int definition =
        stored.stream()
            .flatMap(d -> d.definitions().values().stream())
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    var definitions = new TreeMap<String, Integer>();
    var versions = new TreeMap<String, Integer>();
    for (var process : compiled.processes()) {
      definitions.put(process.key(), ++definition);
      int newest = turns.deployments().latest(process.key()).map(ProcessVersion::version).orElse(0);
      versions.put(process.key(), newest + 1);
    }
    return new DeploymentRow(
        id, generation, bundle.name(), bundle.content(), definitions, versions, archive);
  }

  /** Throws IllegalStateException for a refusal. */
  static void require(Answer answer) {
    if (answer instanceof Answer.Faulted(var fault)) {
      throw new IllegalStateException("The gateway refused: " + fault.reason());
    }
  }

  private Bundle unpack(long id, String name, Blob archive) throws IOException, RefusedException {
    var copy = folder.resolve(Id.text(id));
    delete(copy);
    return BundleArchive.unzip(archive.bytes(), name, copy);
  }

  private static List<ProcessVersion> versions(DeploymentRow row, Deployable compiled) {
    return compiled.processes().stream()
        .map(p -> new ProcessVersion(number(row.definitions(), p), number(row.versions(), p), p))
        .toList();
  }

  private static int number(Map<String, Integer> numbers, ExecutableProcess process) {
    return Objects.requireNonNull(numbers.get(process.key()));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
