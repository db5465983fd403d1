package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Small and flat: the numbers that our sources keep to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HouseRulesTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final int FILE_LINES = 300;
  private static final int METHOD_LINES = 30;
  private static final int COLLABORATORS = 5;
  private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Helper|Util|Utils|Impl)");

  /** What breaks a rule today, and why it is let through; to be emptied. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "CrashAudit.audit has 33 lines",
          "two lines too many: kills, drains and audits in one place");

  private final List<String> broken = new ArrayList<>();

  @Test
  void sources_keep_the_rules_of_the_house() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources());
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
      for (var unit : task.parse()) {
        checkFile(unit);
        new Rules(unit, DocTrees.instance(task)).scan(unit, null);
      }
    }
    var unexpected = new TreeSet<>(broken);
    unexpected.removeAll(EXCEPTIONS.keySet());
    assertThat(unexpected).as("broken rules").isEmpty();
    assertThat(broken)
        .as("exceptions that nothing needs any more")
        .containsAll(EXCEPTIONS.keySet());
  }

  @Test
  void every_package_is_null_marked() throws IOException {
    for (var file : sources()) {
      var info = file.resolveSibling("package-info.java");
      assertThat(info).exists();
      assertThat(Files.readString(info)).contains("@NullMarked").contains("/**");
    }
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(MAIN)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  private void checkFile(CompilationUnitTree unit) {
    var path = Path.of(unit.getSourceFile().toUri());
    long lines = unit.getLineMap().getLineNumber(length(path)) - 1;
    if (lines > FILE_LINES) {
      broken.add("%s has %d lines".formatted(path.getFileName(), lines));
    }
  }

  private static long length(Path path) {
    try {
      return Files.readString(path).length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the types and methods of one file. */
  private final class Rules extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    Rules(CompilationUnitTree unit, DocTrees trees) {
      this.unit = unit;
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      var name = type.getSimpleName().toString();
      if (EMPTY_NAME.matcher(name).matches()) {
        broken.add(name + " has a name that says nothing");
      }
      boolean top = getCurrentPath().getParentPath().getLeaf() == unit;
      if (top
          && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
          && trees.getDocComment(getCurrentPath()) == null) {
        broken.add(name + " has no Javadoc");
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      var owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      var name = owner.getSimpleName() + "." + method.getName();
      long lines = lines(method);
      if (lines > METHOD_LINES) {
        broken.add("%s has %d lines".formatted(name, lines));
      }
      boolean constructs = method.getName().contentEquals("<init>");
      if (constructs
          && owner.getKind() == Tree.Kind.CLASS
          && method.getParameters().size() > COLLABORATORS) {
        broken.add("%s takes %d arguments".formatted(name, method.getParameters().size()));
      }
      return super.visitMethod(method, null);
    }

    private long lines(MethodTree method) {
      var positions = trees.getSourcePositions();
      long start = positions.getStartPosition(unit, method);
      long end = positions.getEndPosition(unit, method);
      var map = unit.getLineMap();
      return start < 0 || end < 0 ? 0 : map.getLineNumber(end) - map.getLineNumber(start) + 1;
    }
  }
}
