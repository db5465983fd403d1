package dev.parley;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom. What is not named is forbidden. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
  private static final String ROOT = "dev.parley";
  private static final JavaClasses MAIN =
      new ClassFileImporter().withImportOptions(List.of(new Main())).importPackages(ROOT);

  /** Package, and what it may import besides itself. */
  private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

  static {
    allow("message");
    allow("finding", "message");
    allow("expression", "message");
    allow("wsdl", "message", "finding");
    allow("bpmn", "message", "finding");
    allow("deployment", "message", "finding", "wsdl", "bpmn", "expression");
    allow("correlation", "message", "deployment", "wsdl", "bpmn", "expression");
    allow("engine", "message", "deployment", "wsdl", "bpmn", "expression", "correlation");
    allow("store", "message", "deployment", "correlation", "engine");
    allow(
        "turn",
        "message",
        "finding",
        "deployment",
        "wsdl",
        "bpmn",
        "expression",
        "correlation",
        "engine",
        "store");
    allow("delivery", "message", "wsdl", "expression", "deployment", "engine", "store", "turn");
    allow("retention", "message", "deployment", "engine", "store", "turn");
    allow("soap", "message", "wsdl", "deployment", "turn", "delivery");
    allow("jms", "message", "deployment", "expression", "turn", "delivery");
    allow("http", "message", "expression", "deployment", "store", "turn", "delivery", "retention");
    allow("config", "deployment");
    allow("server");
  }

  private static final List<String> PURE =
      List.of("message", "correlation", "engine", "deployment", "expression", "bpmn", "wsdl");

  /** Ends evaluations that take too long; what it measures never becomes part of a result. */
  private static final String WATCHDOG = ROOT + ".expression.Evaluation";

  private static void allow(String importer, String... imported) {
    MAY_IMPORT.put(importer, List.of(imported));
  }

  /** Compiled main classes, not those of tests that share their packages. */
  private static final class Main implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return ImportOption.Predefined.DO_NOT_INCLUDE_TESTS.includes(location);
    }
  }

  static List<String> packages() {
    return List.copyOf(MAY_IMPORT.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void a_package_imports_only_what_stands_above_it(String name) {
    var forbidden = new TreeSet<String>();
    for (var type : MAIN) {
      var own = room(type);
      if (!own.isEmpty()) {
        forbidden.add(own);
      }
    }
    forbidden.removeAll(MAY_IMPORT.getOrDefault(name, List.of()));
    forbidden.remove(name);
    var packages = new ArrayList<>(forbidden.stream().map(p -> ROOT + "." + p + "..").toList());
    packages.add(ROOT);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void every_package_has_its_place_in_the_table() {
    var rooms = new TreeSet<String>();
    MAIN.forEach(type -> rooms.add(room(type)));
    rooms.removeAll(MAY_IMPORT.keySet());
    assertThat(rooms).isSubsetOf("", "conformance", "simulation", "cli");
  }

  @Test
  void the_gateway_knows_neither_the_command_line_nor_the_conformance_cases() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".cli..", ROOT + ".conformance..", ROOT + ".simulation..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".conformance..", ROOT + ".simulation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".cli..")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void packages_are_free_of_cycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  /** What lives where: packages of other people's types, and the rooms they may be used in. */
  static List<Home> homes() {
    return List.of(
        new Home("net.sf.saxon..", "expression"),
        new Home("javax.wsdl..", "wsdl", "soap"),
        new Home("com.ibm.wsdl..", "wsdl"),
        new Home("org.apache.ws.commons.schema..", "wsdl"),
        new Home("com.ctc.wstx.msv..", "wsdl"),
        new Home("com.sun.msv..", "wsdl"),
        new Home("org.camunda..", "bpmn"),
        new Home("java.sql..", "store"),
        new Home("org.sqlite..", "store"),
        new Home("org.postgresql..", "store"),
        new Home("org.apache.cxf..", "soap"),
        new Home("org.eclipse.jetty..", "", "server", "soap", "http"),
        new Home("jakarta.servlet..", "soap", "http"),
        new Home("picocli..", "cli"),
        new Home("org.xmlunit..", "conformance"),
        new Home("com.fasterxml.jackson..", "cli", "config", "http"),
        new Home("tools.jackson..", "cli", "config", "http", "conformance"));
  }

  /** The empty room is the gateway's own. */
  record Home(String types, List<String> rooms) {
    Home(String types, String... rooms) {
      this(types, List.of(rooms));
    }

    String[] packages() {
      return rooms.stream()
          .map(r -> r.isEmpty() ? ROOT : ROOT + "." + r + "..")
          .toArray(String[]::new);
    }
  }

  @ParameterizedTest
  @MethodSource("homes")
  void the_types_of_a_library_stay_at_home(Home home) {
    noClasses()
        .that()
        .resideOutsideOfPackages(home.packages())
        .should()
        .dependOnClassesThat()
        .resideInAPackage(home.types())
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.time.Instant.now",
        "java.time.ZonedDateTime.now",
        "java.time.LocalDateTime.now",
        "java.time.OffsetDateTime.now",
        "java.lang.System.currentTimeMillis",
        "java.lang.System.nanoTime",
        "java.util.UUID.randomUUID"
      })
  void the_pure_middle_takes_time_and_identity_as_arguments(String method) {
    int dot = method.lastIndexOf('.');
    noClasses()
        .that()
        .resideInAnyPackage(pure())
        .and()
        .doNotHaveFullyQualifiedName(WATCHDOG)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "target is " + method,
                call ->
                    call.getTargetOwner().getName().equals(method.substring(0, dot))
                        && call.getName().equals(method.substring(dot + 1))))
        .check(MAIN);
  }

  @Test
  void the_pure_middle_has_no_clock_thread_file_lock_or_socket_of_its_own() {
    noClasses()
        .that()
        .resideInAnyPackage(pure())
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.time\\.(Clock|InstantSource)|java\\.lang\\.Thread|java\\.net\\.Socket"
                + "|java\\.util\\.concurrent\\.(Executor.*|locks\\..*)|java\\.util\\.Random")
        .check(MAIN);
  }

  private static String[] pure() {
    return PURE.stream().map(p -> ROOT + "." + p + "..").toArray(String[]::new);
  }

  /** The package below the root; empty for the root itself. */
  private static String room(JavaClass type) {
    var parts = type.getPackageName().split("\\.", -1);
    return parts.length < 3 ? "" : Arrays.asList(parts).get(2);
  }
}
