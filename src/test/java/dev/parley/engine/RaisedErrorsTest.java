package dev.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RaisedErrorsTest {
  @Test
  void every_error_of_the_engine_says_when_it_is_raised() throws IllegalAccessException {
    var codes = new ArrayList<QName>();
    for (var field : BpmnError.class.getDeclaredFields()) {
      if (field.getType() == QName.class && Modifier.isStatic(field.getModifiers())) {
        codes.add((QName) field.get(null));
      }
    }
    assertThat(RaisedErrors.all().stream().map(RaisedErrors.Raised::code))
        .containsExactlyInAnyOrderElementsOf(codes);
  }
}
