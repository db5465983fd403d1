package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  @Test
  void the_demo_plays_its_eight_steps_and_its_audit_is_right() {
    var demo = Ran.parley("demo", "--json");

    assertThat(demo.err()).isEmpty();
    assertThat(demo.exitCode()).isZero();
    var scenes = demo.out().lines().map(DemoTest::read).toList();
    assertThat(all(scenes, "step", "title"))
        .containsExactly(
            "The gateway starts",
            "The buyer places order 4711, and waits on the line",
            "The delivery address arrives too early",
            "The payment finds its instance by the correlation key",
            "The gateway is killed",
            "The gateway starts again with the same data",
            "The buyer asks again",
            "The audit");
    assertThat(all(scenes, "audited", "found"))
        .containsExactly("2", "1", "1", "completed", "0", "0", "0");
    assertThat(all(scenes, "said", "what"))
        .containsExactly(
            "place",
            "deliverTo",
            "accepted",
            "pay",
            "accepted",
            "reserve",
            "reserve",
            "reserve response",
            "place",
            "place response",
            "pay",
            "accepted");
  }

  @Test
  void a_demo_that_does_not_go_as_told_says_what_was_expected_and_shows_the_log(@TempDir Path home)
      throws IOException {
    var bundle = Files.createDirectories(home.resolve("patterns/order"));
    Files.writeString(bundle.resolve("order.bpmn"), "no model");
    System.setProperty("parley.home", home.toString());
    try {
      var demo = Ran.parley("demo");

      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err())
          .startsWith(
              """
              parley: Expected the gateway to serve within 20 s, but found that it ended.
              The gateway's log ends with:
              """)
          .contains("order.bpmn:1:1: error: ");
    } finally {
      System.clearProperty("parley.home");
    }
  }

  private static List<Object> all(List<Map<String, Object>> scenes, String kind, String field) {
    return scenes.stream()
        .filter(s -> kind.equals(s.get("scene")))
        .map(s -> s.getOrDefault(field, ""))
        .toList();
  }

  private static Map<String, Object> read(String line) {
    return JsonMapper.shared().readValue(line, OBJECT);
  }
}
