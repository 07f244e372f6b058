package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class InterpreterTest {
    /** Counted down by a cell that has begun to run, so that it can be interrupted. */
    public static volatile CountDownLatch running;

    private static Interpreter interpreter;

    @BeforeAll static void start() throws Exception {
        interpreter = new Interpreter(Notebook.class);
    }

    @BeforeEach void begin() {
        running = new CountDownLatch(1);
        interpreter.begin(Message.of("execute_request", null, Json.object()));
    }

    @AfterEach void end() {
        interpreter.request().end();
    }

    private void nextRequest() {
        end();
        begin();
    }

    private static Object eval(String code) throws CellError {
        return interpreter.eval(new Source("cell [1]", code));
    }

    /** Evaluates code for the cell that runs, on whose thread this is called. */
    private static Object ask(String code) throws Exception {
        return interpreter.ask(() -> eval(code));
    }

    private static CellError fail(String code) {
        return assertThrows(CellError.class, () -> eval(code));
    }

    /** As the first cell of a notebook does: while JShell starts, its own first steps take nothing from a magic that waits. */
    @Test void magicsRunWhileTheShellStarts() {
        for (int i = 0; i < 3; i++) {
            Interpreter fresh = new Interpreter(Notebook.class);
            fresh.begin(Message.of("execute_request", null, Json.object()));
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertTrue(fresh.find(() -> fresh.analysis() != null)));
            fresh.request().end();
        }
    }

    @Test void lastValueIsTheLiveObject() throws CellError {
        Object value = eval("int[] live = {1, 2};\nlive");
        assertEquals(1, ((int[]) value)[0]);
        eval("live[0] = 7;");
        assertEquals(7, ((int[]) value)[0]);
    }

    @Test void declarationsAndStatementsHaveNoValue() throws CellError {
        assertNull(eval("int quiet = 3;"));
        assertNull(eval("1 + 1; ;"), "an empty statement ends the cell");
        assertNull(eval("// nothing"));
    }

    @Test void importsOfOtherKernelsAreThere() throws CellError {
        assertEquals("[3]", String.valueOf(eval("List.of(BigInteger.valueOf(3))")));
        eval("Pattern p; URI u; ExecutorService e; Preferences q; File f; Function<String, Integer> g; Stream<String> s;");
    }

    @Test void compileErrorShowsTheCellsLineAndACaret() {
        CellError error = fail("\n// a comment\nint y = 1;\n  int z = y + foo;");
        assertEquals("CompilationError", error.name());
        assertEquals("cannot find symbol: variable foo", error.value());
        assertEquals(List.of("cell [1], line 4: int z = y + foo;", "                              ^^^"), error.traceback().subList(1, 3));
    }

    @Test void openBracketIsSaidInWords() {
        assertTrue(fail("for (int i = 0; i < 3; i++) {\n").value().contains("left open"));
    }

    @Test void exceptionIsTheUsersOwnWithTheCellsFramesAndItsCause() {
        CellError error = fail("""
                class Mine extends RuntimeException { Mine(Throwable cause) { super("bad", cause); } }
                void thrower(int i) {
                    try { List.of(1, 2).get(i); } catch (Exception e) {
                        throw new Mine(e);
                    }
                }
                thrower(7)""");
        assertEquals("Mine", error.name());
        assertEquals("bad", error.value());
        List<String> lines = error.traceback();
        assertEquals("    at thrower, cell [1], line 4: throw new Mine(e);", lines.get(1));
        assertEquals("    at cell [1], line 7: thrower(7)", lines.get(2));
        assertTrue(lines.get(3).startsWith("Caused by: java.lang.ArrayIndexOutOfBoundsException")
                || lines.get(3).startsWith("Caused by: java.lang.IndexOutOfBoundsException"), lines.get(3));
        assertTrue(lines.stream().noneMatch(line -> line.contains("java.util.") || line.contains("jdk.") || line.contains("grad.kernel")),
                lines.toString());
    }

    @Test void causesThatGoRoundInACircleAreNotFollowed() {
        CellError error = assertTimeoutPreemptively(Duration.ofSeconds(60), () ->
                fail("var first = new RuntimeException(\"first\"); first.initCause(new RuntimeException(first));\nthrow first;"));
        assertEquals("java.lang.RuntimeException: first (its causes are without end)", error.name() + ": " + error.value());
    }

    @Test void errorsAreReportedToo() {
        assertEquals("java.lang.AssertionError", fail("throw new AssertionError(\"claim\")").name());
        assertEquals("java.lang.ExceptionInInitializerError", fail("class Broken { static int x = 1 / 0; }\nBroken.x").name());
    }

    @Test void deepRecursionHasRoom() throws CellError {
        assertEquals(40_000, eval("int down(int n) { return n == 0 ? 0 : 1 + down(n - 1); }\ndown(40_000)"));
    }

    @Test void overflowIsShownInFewLines() {
        CellError error = fail("int forever(int n) { return 1 + forever(n); }\nforever(0)");
        assertEquals("java.lang.StackOverflowError", error.name());
        assertTrue(error.traceback().size() < 20, error.traceback().size() + " lines");
    }

    @Test void exitEndsTheCellAndNothingElse() throws CellError {
        eval("int kept = 5;\nclass Quitter { long wide = 1L; void quit() { System.exit(2); } }");
        for (String code : List.of("System.exit(2);", "new Quitter().quit();",
                "java.util.function.IntConsumer quit = System::exit; quit.accept(2);")) {
            CellError error = fail(code);
            assertEquals("java.lang.IllegalStateException", error.name());
            assertTrue(error.value().startsWith("System.exit(2) would end the kernel"), error.value());
        }
        assertEquals(5, eval("kept"));
    }

    @Test void nullVariableIsCalledByItsOwnName() throws CellError {
        eval("String nobody = null;");
        assertEquals("Cannot invoke \"String.length()\" because \"nobody\" is null", fail("nobody.length()").value());
    }

    @Test void outOfMemoryIsSurvived() throws Exception {
        assertEquals("java.lang.OutOfMemoryError", fail("long[] huge = new long[Integer.MAX_VALUE - 8];").name());
        nextRequest();
        assertEquals(2, eval("1 + 1"));
    }

    @Test void laterDeclarationsMayBeUsedEarlierInACell() throws CellError {
        assertEquals(3, eval("class Early { Late late = new Late(); }\nclass Late { int v = 3; }\nnew Early().late.v"));
        assertEquals(5, eval("int caller() { return callee(); }\nint callee() { return 5; }\ncaller()"));
    }

    @Test void whatIsMissingIsNamedWhenUsed() throws Exception {
        String said = complaints("int needsIt() { return notThere + 1; }");
        assertEquals("needsIt cannot be used until variable notThere is declared", said.strip());
        CellError error = fail("needsIt()");
        assertEquals("cannot find symbol: variable notThere (needed by needsIt)", error.value());
    }

    @Test void redefiningAClassDoesNotHang() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            eval("class Point { int x = 1; }\nPoint origin = new Point();\nint read(Point p) { return p.x; }");
            eval("class Point { int x = 2; int y = 3; }\norigin = new Point();");
            assertEquals(2, eval("read(origin)"));
        });
    }

    @Test void evaluationInsideACellStaysOnItsThread() throws Throwable {
        Thread[] seen = new Thread[2];
        interpreter.call(() -> {
            seen[0] = Thread.currentThread();
            return ask("Thread inner = Thread.currentThread();");
        });
        seen[1] = (Thread) eval("inner");
        assertEquals(seen[0], seen[1]);
    }

    private static CellInterrupted interrupted(String statement) {
        // one snippet: else the interrupt comes between two
        String snippet = "{ grad.kernel.InterpreterTest.running.countDown(); " + statement + " }";
        Thread interrupter = new Thread(() -> {
            try {
                running.await();
                Interrupt.deliver(interpreter.request());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        interrupter.start();
        return assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThrows(CellInterrupted.class, () -> eval(snippet)));
    }

    @Test void endlessLoopIsInterrupted() throws Exception {
        assertEquals("interrupted", interrupted("while (true) { }").getMessage());
        nextRequest();
        assertEquals(2, eval("1 + 1"));
    }

    @Test void sleepIsInterrupted() {
        assertEquals("interrupted", interrupted("Thread.sleep(60_000);").getMessage());
    }

    @Test void codeThatSwallowsItsInterruptIsStoppedToo() {
        assertEquals("interrupted", interrupted("while (true) { try { Thread.sleep(10_000); } catch (InterruptedException e) { } }")
                .getMessage());
    }

    @Test void codeThatSwallowsItsFirstStopIsStoppedByTheSecond() {
        assertEquals("interrupted", interrupted("try { while (true) { } } catch (Throwable first) { } while (true) { }").getMessage());
    }

    @Test void stoppedCellRunsItsOwnCleaningUp() throws Exception {
        eval("int closed = 0;\nvoid count() { closed++; }");
        interrupted("try (AutoCloseable open = () -> { for (int i = 0; i < 3; i++) count(); }) { while (true) { } } finally { count(); }");
        nextRequest();
        assertEquals(4, eval("closed"));
    }

    @Test void stoppedCellCanBeStoppedAgain() throws Exception {
        eval("void spin() { while (true) { } }");
        for (int time = 0; time < 2; time++) {
            assertEquals("interrupted", interrupted("spin();").getMessage());
            nextRequest();
        }
    }

    /** What is printed to standard error meanwhile. */
    private static String complaints(String code) throws CellError {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true));
        try {
            eval(code);
        } finally {
            System.setErr(err);
        }
        return said.toString();
    }

    @Test void variablesThatANewClassResetsAreNamed() throws CellError {
        eval("class Shape { int x = 1; }\nShape lone = new Shape();\nShape[] many = {lone};\nString kept = \"kept\";\nint count = lone.x;");
        assertEquals("reset by the new Shape, and to be assigned again: lone, many" + System.lineSeparator(),
                complaints("class Shape { int x = 2; int y; }"));
        assertEquals("kept1null", eval("kept + count + lone"));
        assertEquals("", complaints("lone = new Shape();\nint count = 3;\nclass Unused { }\nclass Unused { int z; }"));
    }

    @Test void whatIsMissingAtTheEndOfALineIsPointedAtBehindIt() {
        assertCaretBehind("cell [1], line 1: int x5 = 5", "int x5 = 5\nx5 + 1");
        assertCaretBehind("cell [1], line 2: Math.abs(1)", "{\nMath.abs(1)  \n}");
        assertCaretBehind("cell [1], line 2:     Math.abs(i)", "for (int i = 0; i < 3; i++) {\n    Math.abs(i)\n}");
        assertCaretBehind("cell [1], line 2:     int y = 1", "class Lacking {\n    int y = 1\n}\n\n");
    }

    private static void assertCaretBehind(String line, String code) {
        List<String> lines = fail(code).traceback();
        assertEquals(line, lines.get(1).stripTrailing());
        assertEquals(" ".repeat(line.length()) + "^", lines.get(2));
    }

    @Test void textOfTheUsersStaysAsItIs() throws CellError {
        String text = "see REPL.$JShell$12.x for more";
        assertEquals(text, fail("throw new IllegalStateException(\"" + text + "\");").value());
        assertEquals(text, PlainText.of(eval("\"" + text + "\"")));
        assertEquals("[" + text + "]", PlainText.of(eval("List.of(\"" + text + "\")")));
        assertTrue(PlainText.of(eval("class Plain { }\nnew Plain()")).startsWith("Plain@"));
        assertEquals("Sad: " + text, PlainText.of(eval("class Sad extends RuntimeException { Sad(String text) { super(text); } }\n"
                + "new Sad(\"" + text + "\")")));
        assertEquals("class Sad", PlainText.of(eval("Sad.class")));
        assertTrue(fail("Object plain = new Plain();\n(Sad) plain").value().startsWith("class Plain cannot be cast to class Sad"));
    }

    @Test void anotherThreadsEvaluationIsRefusedInWords() throws Throwable {
        assertTrue(refusal().contains("eval is for the cell that runs, on the cell's own thread"), "no cell runs");
        assertTrue(interpreter.call(() -> CompletableFuture.supplyAsync(InterpreterTest::refusal).get())
                .contains("the shell does one thing at a time"));
    }

    private static String refusal() {
        return assertThrows(IllegalStateException.class, () -> ask("1")).getMessage();
    }

    @Test void anInterruptBelongsToTheRequestThatItMeets() throws Exception {
        Interrupt.deliver(interpreter.request());
        assertThrows(CellInterrupted.class, () -> eval("1 + 1"));
        nextRequest();
        assertEquals(2, eval("1 + 1"));
        end();
        Interrupt.deliver(interpreter.request());
        begin();
        assertEquals(2, eval("1 + 1"), "nothing ran that it could have been meant for");
        Request early = interpreter.request();
        nextRequest();
        Interrupt.deliver(early);
        assertEquals(2, eval("1 + 1"), "it was meant for the one before");
    }

    @Test void whatIsThrownComesAsItIs() throws Exception {
        Object odd = eval("class Odd { public String toString() { throw Odd.<RuntimeException>as(new Throwable(\"odd\")); }\n"
                + "    static <E extends Throwable> E as(Throwable e) throws E { throw (E) e; } }\nnew Odd()");
        assertEquals(Throwable.class, assertThrows(Throwable.class, () -> interpreter.call(odd::toString)).getClass());
    }

    @Test void endlessEvaluationInACellIsInterrupted() throws Exception {
        eval("void again() throws Exception { while (true) "
                + "grad.kernel.InterpreterTest.inner(\"grad.kernel.InterpreterTest.running.countDown();\"); }");
        assertEquals("interrupted", interrupted("again();").getMessage());
        nextRequest();
        assertEquals(2, eval("1 + 1"));
    }

    /** The eval of a cell, as {@link Notebook#eval} is in a whole kernel. */
    public static Object inner(String code) throws Exception {
        return ask(code);
    }
}
