package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.deployment.Bundles;
import dev.parley.model.TestConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Processes started with data, and user tasks, over real HTTP. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TasksTest {
  private static final Path APPROVAL = Path.of("src/test/resources/dev/parley/http/approval");
  private static final String ORDER =
      "<order xmlns=\"urn:example:approval\" id=\"7\"><line price=\"3\"/><line"
          + " price=\"4\"/></order>";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  @BeforeEach
  void gateway_starts() throws Exception {
    var config = TestConfig.in(data, 10_000);
    gateway = Gateway.start(config, List.of(Bundles.read(APPROVAL)), _ -> {});
  }

  @AfterEach
  void gateway_stops() {
    gateway.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(gateway.address() + path));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.address() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> start(Map<String, Object> given) throws Exception {
    return post("/processes/approval/instances", JsonMapper.shared().writeValueAsString(given));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  /** The only task that waits. */
  private JsonNode task() throws Exception {
    var tasks = json(get("/tasks")).get("tasks");
    assertThat(tasks).hasSize(1);
    return tasks.get(0);
  }

  private String number() throws Exception {
    return task().get("task").asString();
  }

  @Test
  void a_task_shows_its_data_as_xml_json_and_collections() throws Exception {
    assertThat(start(Map.of("order", ORDER, "hint", "soon")).statusCode()).isEqualTo(201);

    var task = task();
    assertThat(task.get("name").asString()).isEqualTo("Approve the order");
    assertThat(task.get("process").asString()).isEqualTo("approval");
    var given = task.get("data");
    assertThat(given.get("order").asString()).isEqualTo(ORDER);
    assertThat(given.get("sum").toString()).isEqualTo("{\"sum\":7,\"hint\":\"soon\"}");
    assertThat(given.get("lines")).hasSize(2);
    assertThat(task.get("expects").toString())
        .isEqualTo("[{\"name\":\"approved\",\"optional\":false}]");
    assertThat(json(get("/tasks/" + number()))).isEqualTo(task);
  }

  @Test
  void a_completed_task_lets_the_process_call_another_one_and_go_on() throws Exception {
    start(Map.of("order", ORDER));
    var first = number();
    var completed = post("/tasks/" + first + "/completion", "{\"approved\": true}");
    assertThat(completed.statusCode()).isEqualTo(200);
    assertThat(json(completed).get("state").asString()).isEqualTo("completed");

    var next = task();
    assertThat(next.get("element").asString()).isEqualTo("shelve");
    assertThat(next.get("data").get("number").asString()).isEqualTo("F-7");
    assertThat(post("/tasks/" + first + "/completion", "{\"approved\": true}").statusCode())
        .isEqualTo(410);
    assertThat(post("/tasks/" + number() + "/completion", "").statusCode()).isEqualTo(200);
    assertThat(json(get("/tasks")).get("tasks")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12345678.5", "0.0005", "12345678901234567.89", "7", "true"})
  void a_number_keeps_its_digits(String number) throws Exception {
    String order = JsonMapper.shared().writeValueAsString(ORDER);
    var given = "{\"order\": " + order + ", \"hint\": " + number + "}";
    assertThat(post("/processes/approval/instances", given).statusCode()).isEqualTo(201);
    assertThat(task().get("data").get("sum").get("hint").asString()).isEqualTo(number);
    assertThat(get("/tasks").body()).contains("\"hint\":" + number + ",");
  }

  @Test
  void a_number_that_cannot_be_kept_is_refused() throws Exception {
    var started = post("/processes/approval/instances", "{\"hint\": 1e99999999}");
    assertThat(started.statusCode()).isEqualTo(422);
    assertThat(started.body()).contains("A number cannot be kept");
  }

  @Test
  void a_rejected_order_is_not_filed() throws Exception {
    start(Map.of("order", ORDER));
    assertThat(post("/tasks/" + number() + "/completion", "{\"approved\": false}").statusCode())
        .isEqualTo(200);
    assertThat(json(get("/tasks")).get("tasks")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                              | 422 | 'order', but it is absent
          {"order": "<order/>"}           | 422 | to be an element {urn:example:approval}order, but found order
          {"order": 7}                    | 422 | but found
          {"order": "<a", "hint": ""}     | 400 | no well-formed XML
          {"weight": 7}                   | 422 | Expected 'order', 'hint', but found 'weight'
          [1]                             | 422 | one JSON object
          {"order":                       | 400 | no well-formed JSON
          """)
  void a_process_is_not_started_with_what_it_does_not_take(String given, int status, String why)
      throws Exception {
    var response = post("/processes/approval/instances", given);
    assertThat(response.body()).contains(why);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(get("/tasks")).get("tasks")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/tasks?limit=0, 400",
    "/tasks?state=open, 400",
    "/tasks?after=nonsense, 400",
    "/tasks?after=06XZ3D3TM0400-5, 200",
    "/tasks?process=nobody, 200",
    "/tasks/nonsense, 404",
    "/tasks/06XZ3D3TM0400-5, 404",
    "/tasks/06XZ3D3TM0400-5/undo, 404",
    "/tasks/06XZ3D3TM0400-5/completion, 405"
  })
  void what_is_asked_wrongly_is_refused(String path, int status) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(status);
  }

  @Test
  void a_task_is_asked_for_what_it_expects_and_waits_on() throws Exception {
    start(Map.of("order", ORDER));
    var refused = post("/tasks/" + number() + "/completion", "{\"approvd\": true}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("Expected 'approved', but found 'approvd'", "InvalidMessage");
    assertThat(json(get("/tasks")).get("tasks")).hasSize(1);
    assertThat(post("/tasks/06XZ3D3TM0400-5/completion", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void a_task_of_a_suspended_instance_is_completed_only_when_it_goes_on() throws Exception {
    start(Map.of("order", ORDER));
    var task = number();
    var instance = task().get("instance").asString();
    assertThat(json(post("/instances/" + instance + "/suspend", "")).get("state").asString())
        .isEqualTo("suspended");
    var refused = post("/tasks/" + task + "/completion", "{\"approved\": true}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).get("title").asString()).isEqualTo("Suspended");
    assertThat(json(post("/instances/" + instance + "/resume", "")).get("state").asString())
        .isEqualTo("running");
    assertThat(post("/tasks/" + task + "/completion", "{\"approved\": true}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void an_instance_that_is_not_there_is_not_suspended() throws Exception {
    assertThat(post("/instances/06XZ3D3TM0400/suspend", "").statusCode()).isEqualTo(404);
    assertThat(post("/instances/7/suspend", "").statusCode()).isEqualTo(404);
    assertThat(post("/instances/06XZ3D3TM0400/stop", "").statusCode()).isEqualTo(404);
    assertThat(get("/instances/06XZ3D3TM0400/suspend").statusCode()).isEqualTo(405);
  }
}
