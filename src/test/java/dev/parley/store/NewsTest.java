package dev.parley.store;

import static dev.parley.store.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NewsTest {
  @Test
  void an_answer_is_news_also_where_who_joined_the_wait_last_has_gone() {
    var told = row(1, ExchangeState.ANSWERED, Answer.ACCEPTED);
    var gone = row(2, ExchangeState.ABANDONED, Answer.ACCEPTED);
    var open = row(3, ExchangeState.OPEN, null);

    var news = News.of(7, NOON, new BatchOf().changedMessages(told, gone, open).batch());

    assertThat(news.answered()).containsExactly(told.id(), gone.id());
  }

  private static MessageRow row(long id, ExchangeState exchange, @Nullable Answer answer) {
    return new MessageRow(
        message(id, ORDER), MessageState.CONSUMED, exchange, instance(1), 1, answer, null);
  }
}
