package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.model.Shop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which of its identities a message is known again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentitiesTest {
  @TempDir private Path folder;

  private static ExecutableProcess selling(String... attributes) {
    return Shop.compile(
        "parley:onHeldKey=\"allow\"",
        start("placed", "place", attributes),
        timer("w", "P1D"),
        path("placed", "w"));
  }

  private static final String BY_ORDER = "parley:identity=\"/o:order/o:orderId\"";

  private ExecutableProcess process = selling();

  @Test
  void a_message_without_any_identity_is_taken_each_time() throws Exception {
    try (var house = House.of(folder, process)) {
      send(house, "7", "", null, null);
      send(house, "7", "", null, null);
      assertThat(house.count("liveInstances")).isEqualTo(2);
      assertThat(house.count("identities")).isZero();
    }
  }

  @Test
  void what_a_receive_declares_is_an_identity() throws Exception {
    process = selling(BY_ORDER);
    try (var house = House.of(folder, process)) {
      send(house, "7", "", "a", null);
      assertThat(send(house, "7", "", "b", null)).isEqualTo(Answer.ACCEPTED);
      send(house, "8", "", null, null);
      assertThat(house.count("liveInstances")).isEqualTo(2);
    }
  }

  @Test
  void a_declared_identity_with_another_body_is_reused() throws Exception {
    process = selling(BY_ORDER);
    try (var house = House.of(folder, process)) {
      send(house, "7", "alice", "a", null);
      assertThat(kind(send(house, "7", "bob", "b", null)))
          .containsExactly(FaultKind.IDENTITY_REUSED);
      assertThat(house.count("liveInstances")).isEqualTo(1);
    }
  }

  @Test
  void a_message_that_does_not_have_what_is_declared_has_no_identity() throws Exception {
    process = selling("parley:identity=\"/o:order/o:number\"");
    try (var house = House.of(folder, process)) {
      send(house, "7", "", null, null);
      assertThat(house.count("identities")).isZero();
    }
  }

  @Test
  void one_identity_that_was_seen_is_enough_and_the_others_are_remembered_with_it()
      throws Exception {
    try (var house = House.of(folder, process)) {
      send(house, "7", "", "a", "k");
      send(house, "7", "", "b", "k");
      assertThat(send(house, "7", "", "b", null)).isEqualTo(Answer.ACCEPTED);
      assertThat(house.count("liveInstances")).isEqualTo(1);
      assertThat(house.count("identities")).isEqualTo(3);
    }
  }

  @Test
  void a_refusal_is_not_remembered() throws Exception {
    process = Shop.compile("", start("placed", "place"), timer("w", "P1D"), path("placed", "w"));
    try (var house = House.of(folder, process)) {
      send(house, "7", "", "a", null);
      assertThat(kind(send(house, "7", "", "b", null)))
          .containsExactly(FaultKind.CORRELATION_VIOLATION);
      assertThat(house.count("identities")).isEqualTo(1);
    }
  }

  private Answer send(
      House house,
      String order,
      String customer,
      @Nullable String messageId,
      @Nullable String idempotencyKey) {
    var headers =
        new Headers(messageId, null, null, null, null, idempotencyKey, Map.of(), null, List.of());
    var id = house.ids().getAsLong();
    var message = Shop.message(id, "place", Shop.body("place", order, customer), headers);
    var deployed = Deployments.NONE.with(List.of(new ProcessVersion(1, 1, process)));
    return house.turn(Turns.arrival(message, deployed));
  }
}
