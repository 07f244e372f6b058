package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellRunnerTest {
    @TempDir static Path folder;

    private static CellRunner cells;
    private static Assistant assistant;

    @BeforeAll static void start() throws Exception {
        Interpreter interpreter = new Interpreter(Notebook.class);
        ClassPath classPath = new ClassPath(interpreter);
        interpreter.begin(Message.of("execute_request", null, Json.object()));
        cells = new CellRunner(interpreter, classPath);
        assistant = new Assistant(interpreter, classPath, cells.magics());
    }

    private static Object run(String cell) throws CellError {
        return cells.run("cell [1]", cell);
    }

    private static String fail(String cell) {
        CellError error = assertThrows(CellError.class, () -> run(cell));
        assertEquals(1, error.traceback().size(), "one line says it all");
        return error.value();
    }

    @Test void magicsStandAmongCode() throws Exception {
        Files.writeString(folder.resolve("three.jshell"), "int three = 3;");
        assertEquals(4, run("int one = 1;\n%load " + folder.resolve("three.jshell") + "\none + three"));
    }

    @Test void percentSignInsideCodeIsNoMagic() throws Exception {
        assertEquals(" %load x\n", run("var block = \"\"\"\n     %load x\n    \"\"\";\nblock"));
        assertEquals(1, run("int seven = 7, three3 = 3;\nseven\n  %three3"));
    }

    @Test void unknownMagicListsTheKnownOnes() {
        assertTrue(fail("%mavn a:b:1").contains("%maven"));
        assertTrue(fail("%%html\n<b>x</b>").contains("%%loadFromPOM"));
    }

    @Test void missingArgumentsAreAnsweredWithTheUsage() {
        assertEquals("usage: %maven group:artifact:version …", fail("%maven"));
        assertEquals("usage: %mavenRepo id url", fail("%mavenRepo here"));
        assertTrue(fail("%classpath").startsWith("usage: %classpath"));
        assertTrue(fail("%load").startsWith("usage: %load"));
    }

    @Test void malformedArgumentsAreNamed() {
        assertTrue(fail("%maven engine").contains("write group:artifact:version"));
        for (String place : List.of("nothing", "ftp://foo"))
            assertEquals("%mavenRepo: " + place + " is no place for artifacts: write https://… or file:///…",
                    fail("%mavenRepo id " + place));
        assertTrue(fail("%%loadFromPOM\n<dependency><groupId>").contains("no POM"));
    }

    @Test void missingFilesAreNamedWithTheFolderLookedFrom() {
        assertTrue(fail("%load nowhere").contains("no file nowhere (looked from " + Path.of("").toAbsolutePath()));
        assertTrue(fail("%classpath nowhere/*.jar").contains("nowhere"));
        assertTrue(fail("%loadFromPOM nowhere.xml").contains("no file nowhere.xml"));
    }

    @Test void extensionMayBeLeftOut() throws Exception {
        Files.writeString(folder.resolve("five.jsh"), "int five = 5;");
        assertEquals(5, run("%load " + folder.resolve("five") + "\nfive"));
    }

    @Test void notebookIsLoadedCellByCell() throws Exception {
        Files.writeString(folder.resolve("nb.ipynb"), """
                {"cells": [{"cell_type": "markdown", "source": ["# not code"]},
                           {"cell_type": "code", "source": ["int six = 6;\\n", "int twelve = 2 * six;"]}]}""");
        assertEquals(12, run("%load " + folder.resolve("nb.ipynb") + "\ntwelve"));
    }

    @Test void damagedNotebookIsNamed() throws Exception {
        for (String text : List.of("", "[]", "{}", "{\"cells\": {}}", "{\"cells\": [7]}", "{\"cells\": [{\"cell_type\": \"code\"}]}",
                "{\"cells\": [{\"cell_type\": \"code\", \"source\": {}}]}")) {
            Path file = Files.writeString(folder.resolve("damaged.ipynb"), text);
            String said = fail("%load " + file);
            assertTrue(said.startsWith("%load: cannot read " + file + ": "), said);
        }
    }

    @Test void whatCanBeNoFileIsSaidToBeNone() {
        assertEquals("%load: this can be no file: Nul character not allowed: a\0", fail("%load a\0"));
        assertEquals("%classpath: this can be no file: Missing '] near index 1", fail("%classpath a["));
    }

    @Test void errorInALoadedFileNamesItsLine() throws IOException {
        Files.writeString(folder.resolve("broken.jshell"), "int ok = 1;\nint broken = nope;");
        CellError error = assertThrows(CellError.class, () -> run("%load " + folder.resolve("broken")));
        assertEquals("broken.jshell, line 2: int broken = nope;", error.traceback().get(1));
    }

    @Test void jarsAreFoundByGlobAndTheirJavadocBesideThem() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.createDirectories(folder.resolve("src/shapes")).resolve("Circle.java");
        Files.writeString(source, """
                package shapes;
                /** A circle. */
                public class Circle {
                    /** Its area for a radius, {@code pi} times the square. */
                    public static double area(double radius) { return Math.PI * radius * radius; }
                }
                """);
        javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-g", "-d", classes.toString(), source.toString());
        jar(folder.resolve("shapes-1.jar"), "shapes/Circle.class", Files.readAllBytes(classes.resolve("shapes/Circle.class")));
        jar(folder.resolve("shapes-1-sources.jar"), "shapes/Circle.java", Files.readAllBytes(source));

        assertEquals(Math.PI, run("%classpath " + folder + "/shapes-?.jar\nimport shapes.Circle;\nCircle.area(1)"));
        assertEquals("double Circle.area(double radius)\n\nIts area for a radius, pi times the square.", inspect("Circle.area(2)", 9));
        assertEquals("shapes.Circle\n\nA circle.", inspect("Circle", 3));
    }

    private static void jar(Path file, String entry, byte[] content) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry(entry));
            jar.write(content);
        }
    }

    private static String inspect(String code, int cursor) {
        return Json.text(assistant.inspect(code, cursor).getAsJsonObject("data"), "text/plain", "nothing found");
    }

    @Test void completionReplacesTheWordAtTheCursor() {
        assertEquals("{\"status\":\"ok\",\"matches\":[\"toUpperCase(\"],\"metadata\":{},\"cursor_start\":4,\"cursor_end\":8}",
                assistant.complete("\"é\".toUp", 8).toString());
    }

    @Test void completionCountsCodePoints() {
        String code = "var smile = \"😀\"; Math.ma";
        assertEquals(code.length() - 3, Json.number(assistant.complete(code, code.length()), "cursor_start", 0));
    }

    @Test void completionSeesWhatTheCellDeclaresAboveAndSkipsMagics() {
        String code = "%maven a:b:c\nimport java.time.*;\nvar words = List.of(\"a\");\nwords.get(0).toUpp";
        assertTrue(assistant.complete(code, code.length()).get("matches").toString().contains("toUpperCase("));
    }

    @Test void magicsAreCompletedToo() {
        assertEquals("[\"%maven\",\"%mavenRepo\"]", assistant.complete("int x;\n%mav", 11).get("matches").toString());
    }

    @Test void inspectingAMagicTellsHowItIsWrittenAndWhatItIsFor() {
        assertEquals("%mavenRepo id url\n\nadds a repository to those that artifacts come from", inspect("int x;\n%mavenRepo here", 12));
        for (String name : complete("%")) assertTrue(inspect(name + " x", name.length() + 2).startsWith(name + " "), name);
        assertEquals("nothing found", inspect("%nothing", 3));
    }

    @Test void completenessAsksForMoreWhereMoreMustCome() {
        assertEquals("{\"status\":\"complete\"}", assistant.isComplete("int x = 1;").toString());
        assertEquals("{\"status\":\"complete\"}", assistant.isComplete("%maven a:b:c").toString());
        assertEquals("{\"status\":\"incomplete\",\"indent\":\"    \"}", assistant.isComplete("void f() {").toString());
        assertEquals("{\"status\":\"invalid\"}", assistant.isComplete("int = ;").toString());
    }

    @Test void quotesHoldAnArgumentTogether() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("my dir"));
        Files.writeString(mine.resolve("a b.java"), "int ab = 2;");
        Files.writeString(mine.resolve("it's"), "int its = 3;");
        for (String written : List.of('"' + mine.toString() + "/a b.java\"", "'" + mine + "/a b.java'",
                mine.toString().replace(" ", "\\ ") + "/a\\ b", mine.getParent() + "/'my dir'/\"a b\""))
            assertEquals(2, run("%load " + written + "\nab"), written);
        assertEquals(3, run("%load \"" + mine + "/it's\"\nits"));
        run("%classpath \"" + mine + "\" '" + mine + "/*'");
        assertEquals("%loadFromPOM: no file a b.xml (looked from " + Path.of("").toAbsolutePath() + ")", fail("%loadFromPOM 'a b.xml'"));
        assertEquals("%maven: a b is no coordinate: write group:artifact:version, as org.knowm.xchart:xchart:4.0.3", fail("%maven 'a b'"));
        assertEquals("the quote \" is left open", fail("%load \"my dir"));
    }

    @Test void aFileThatLoadsItselfIsRefused() throws Exception {
        Path one = Files.writeString(folder.resolve("one.jshell"), "int before = 1;\n%load " + folder.resolve("two.jshell"));
        Files.writeString(folder.resolve("two.jshell"), "%load " + folder.resolve(".") + "/one");
        assertEquals("%load: one.jshell loads itself", fail("%load " + one));
        assertEquals(1, run("before"));
        Files.writeString(folder.resolve("two.jshell"), "int after = 2;");
        assertEquals(2, run("%load " + one + "\n%load " + one + "\nafter"), "twice one after the other is no circle");
    }

    @Test void aByteOrderMarkIsNoCode() throws Exception {
        assertEquals(4, run("\uFEFFint marked = 4;\nmarked"));
        Files.writeString(folder.resolve("marked.java"), "\uFEFFint loaded = 5;");
        assertEquals(5, run("%load " + folder.resolve("marked") + "\nloaded"));
        assertTrue(fail("\uFEFF%%html").startsWith("there is no magic %%html"));
    }

    @Test void aFileInAnotherEncodingIsSaidToBe() throws Exception {
        for (String name : List.of("latin.java", "latin.ipynb")) {
            Path file = Files.write(folder.resolve(name), "int größe = 1;".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertEquals("%load: " + file + " is not text in UTF-8: save it as such", fail("%load " + file));
        }
    }

    @Test void aPackageLineIsSaidToBeInTheWay() {
        CellError error = assertThrows(CellError.class, () -> run("// Shapes\npackage a.b;\nclass Circle { }"));
        assertEquals("what a cell declares is in no package: leave this line out", error.value());
        assertEquals("cell [1], line 2: package a.b;", error.traceback().get(1));
    }

    private static List<String> complete(String code) {
        return java.util.stream.StreamSupport.stream(assistant.complete(code, code.length()).getAsJsonArray("matches").spliterator(), false)
                .map(com.google.gson.JsonElement::getAsString).toList();
    }

    @Test void filesAreOfferedWhereAMagicTakesThem() throws Exception {
        Path here = Files.createDirectories(folder.resolve("offered"));
        Files.createDirectories(here.resolve("jars"));
        Files.writeString(here.resolve("a b.java"), "");
        Files.writeString(here.resolve(".hidden"), "");
        for (String magic : List.of("%classpath", "%jars", "%load", "%loadFromPOM"))
            assertEquals(List.of(here + "/a\\ b.java", here + "/jars/"), complete(magic + " " + here + "/"), magic);
        assertEquals(List.of(here + "/a\\ b.java"), complete("int x;\n%load \"" + here + "/a b"));
        assertEquals(List.of(), complete("%classpath " + here + "/nothing"));
        assertEquals(List.of(), complete("%mavenRepo id "));
        String code = "%classpath x " + here + "/j";
        assertEquals("%classpath x ".length(), Json.number(assistant.complete(code, code.length()), "cursor_start", -1));
    }

    @Test void theShellsOwnNamesAreNotOffered() throws Exception {
        run("class Own { }\n1 + 1");
        for (String code : List.of("", "new ", "new O", "int y = "))
            assertTrue(complete(code).stream().noneMatch(name -> name.startsWith("$")), code);
        assertTrue(complete("new ").contains("Own()"), complete("new ").toString().substring(0, 200));
        assertTrue(complete("$").stream().anyMatch(name -> name.matches("\\$\\d+")));
    }
}
