package dev.parley.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object on a line of its own for each scene. */
final class JsonNarrator implements Narrator {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private final PrintWriter out;

  JsonNarrator(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void tell(Scene scene) {
    var json = JsonMapper.shared();
    var line = new LinkedHashMap<String, Object>();
    line.put("scene", scene.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    line.putAll(json.convertValue(scene, OBJECT));
    out.println(json.writeValueAsString(line));
    out.flush();
  }
}
