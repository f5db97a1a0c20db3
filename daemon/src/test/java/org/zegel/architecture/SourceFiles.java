package org.zegel.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** What the JDK's compiler reads in a tree of source files: lengths and string literals. */
final class SourceFiles {
    record Length(String name, long lines) {}

    private final List<Length> files = new ArrayList<>();
    private final List<Length> methods = new ArrayList<>();
    private final List<Length> osNames = new ArrayList<>();

    private SourceFiles() {}

    static SourceFiles under(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SourceFiles result = new SourceFiles();
        try (Stream<Path> walk = Files.walk(folder);
                var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> paths = walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                result.read(unit, positions);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result;
    }

    List<Length> files() {
        return files;
    }

    List<Length> methods() {
        return methods;
    }

    /** Where the name of the operating system is read. */
    List<Length> osNames() {
        return osNames;
    }

    private void read(CompilationUnitTree unit, SourcePositions positions) throws IOException {
        String name = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        files.add(new Length(
                name,
                unit.getSourceFile().getCharContent(true).toString().lines().count()));
        new TreePathScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String outer) {
                String separator = type.getSimpleName().isEmpty() ? "" : ".";
                return super.visitClass(type, outer + separator + type.getSimpleName());
            }

            @Override
            public Void visitMethod(MethodTree method, String outer) {
                methods.add(new Length(outer + "." + method.getName(), lines(method)));
                return super.visitMethod(method, outer);
            }

            @Override
            public Void visitLiteral(LiteralTree literal, String outer) {
                if ("os.name".equals(literal.getValue())) {
                    osNames.add(new Length(outer, 1));
                }
                return super.visitLiteral(literal, outer);
            }

            private long lines(MethodTree method) {
                long start = positions.getStartPosition(unit, method);
                long end = positions.getEndPosition(unit, method);
                return start < 0 || end < 0
                        ? 0
                        : unit.getLineMap().getLineNumber(end)
                                - unit.getLineMap().getLineNumber(start)
                                + 1;
            }
        }.scan(unit, name.replace(".java", ":"));
    }
}
