package grad.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

/** The five sockets, each owned by one thread that blocks on it: no polling, no lock around a socket. */
final class Sockets {
    /** Answers the requests of one socket, on that socket's thread. */
    interface Handler {
        void handle(Message request, Channel channel);
    }

    /** The socket a request came from. */
    interface Channel {
        void send(Message answer);

        /** The requests that have come in since; whoever takes them answers them. */
        List<Message> takeWaiting();
    }

    private static final long SHELL_STACK = 64L << 20; // javac recurses on long expressions
    private static final int LARGEST_FRAME = 64 << 20;
    private static final int BEATS_WAITING = 1000; // whoever sends more than it fetches loses the rest
    private static final int PUBLISHED_WAITING = 256; // for each front end
    private static final int READER_MS = 10_000; // cells wait so long for a front end to read on
    private static final int LINGER_MS = 1000;
    private static final int STDIN_CHECK_MS = 100;
    private static final PrintStream LOG = System.err; // the process's own: System.err soon belongs to the cells
    private static final Message END = Message.of("end", null, new JsonObject());

    private final ZMQ.Context context = ZMQ.context(1);
    private final Wire wire;
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket iopub;
    private final ZMQ.Socket heartbeat;
    private final BlockingQueue<Message> outgoing = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> questions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final AtomicLong lost = new AtomicLong();
    private volatile Message asked; // the question somebody waits for

    Sockets(Connection connection) throws IOException {
        wire = new Wire(connection.key());
        shell = bind(SocketType.ROUTER, 0, connection, connection.shell());
        control = bind(SocketType.ROUTER, 0, connection, connection.control());
        stdin = bind(SocketType.ROUTER, 0, connection, connection.stdin());
        iopub = bind(SocketType.PUB, PUBLISHED_WAITING, connection, connection.iopub());
        iopub.setXpubNoDrop(true); // tells instead when a reader has no room
        iopub.setSendTimeOut(READER_MS);
        // echoes as REP would, but keeps no state a peer could upset
        heartbeat = bind(SocketType.ROUTER, BEATS_WAITING, connection, connection.heartbeat());
    }

    private ZMQ.Socket bind(SocketType type, int mostWaiting, Connection connection, int port) throws IOException {
        ZMQ.Socket socket = context.socket(type);
        socket.setLinger(LINGER_MS);
        socket.setSndHWM(mostWaiting);
        socket.setMaxMsgSize(LARGEST_FRAME);
        socket.setMsgAllocator(Sockets::room);
        if (type == SocketType.ROUTER) socket.setRouterHandover(true);
        try {
            socket.bind(connection.address(port));
            return socket;
        } catch (ZMQException | IllegalArgumentException e) {
            throw new IOException("cannot listen on " + connection.address(port) + " (" + e.getMessage()
                    + "): is the port in use? Start the kernel again to get other ports", e);
        }
    }

    /** Anyone can promise a frame of any length, and JeroMQ makes room for it at once; where there is none it must go on all the same. */
    private static Msg room(int length) {
        try {
            return new Msg(length < 0 || length > LARGEST_FRAME ? 0 : length);
        } catch (OutOfMemoryError e) {
            return new Msg(); // what follows is then no message, and is refused
        }
    }

    void start(Handler onShell, Handler onControl) {
        own("iopub", iopub, 0, () -> forward(outgoing, this::sendToAll));
        own("stdin", stdin, 0, () -> forward(questions, this::ask));
        own("heartbeat", heartbeat, 0, () -> {
            send(heartbeat, receive(heartbeat, 0));
            return true;
        });
        own("control", control, 0, () -> serve(channel(control), receive(control, 0), onControl));
        own("shell", shell, SHELL_STACK, () -> serve(channel(shell), receive(shell, 0), onShell));
    }

    void publish(Message message) {
        outgoing.add(message);
    }

    /** How many messages are still to be published. */
    int waiting() {
        return outgoing.size();
    }

    /** How many bytes were published, since this was last asked, that a front end may have lost because it did not read. */
    long takeLost() {
        return lost.getAndSet(0);
    }

    /** Waits for those who read slowly. Whoever does not read at all loses this message, and JeroMQ leaves it out until it reads again. */
    private void sendToAll(Message message) {
        List<byte[]> frames = wire.encode(message);
        boolean sent = send(iopub, frames);
        if (!sent || lost.get() > 0) lost.addAndGet(frames.stream().mapToInt(frame -> frame.length).sum());
        if (sent) return;
        LOG.println("a front end has not read for " + READER_MS / 1000 + " s: it loses what is printed until it reads again");
        iopub.setXpubNoDrop(false); // those who read get it
        send(iopub, frames);
        iopub.setXpubNoDrop(true);
    }

    /** Asks the front end for input and waits for its answer. */
    Message input(Message question) throws InterruptedException {
        answers.clear();
        asked = question;
        questions.add(question);
        try {
            return answers.take();
        } finally {
            asked = null;
        }
    }

    /** Sends what is still queued and gives the ports back; a cell that never ends keeps its thread, and the process exits over it. */
    void close() throws InterruptedException {
        outgoing.add(END);
        questions.add(END);
        Thread end = new Thread(context::term, "end"); // waits until every thread has closed its socket
        end.setDaemon(true);
        end.start();
        end.join(LINGER_MS);
    }

    /** One turn of a socket's thread; false ends it. */
    private interface Turn {
        boolean run() throws InterruptedException;
    }

    private static void own(String name, ZMQ.Socket socket, long stack, Turn turn) {
        Thread thread = new Thread(null, () -> {
            boolean more = true;
            while (more) {
                try {
                    more = turn.run();
                } catch (ZMQException | InterruptedException e) {
                    more = false; // the context ends
                } catch (Throwable e) {
                    LOG.println(name + ": " + e); // out of memory in a cell must not end a socket
                }
            }
            socket.close();
        }, name, stack);
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean forward(BlockingQueue<Message> queue, Consumer<Message> to) throws InterruptedException {
        Message message = queue.take();
        if (message != END) to.accept(message);
        return message != END;
    }

    private boolean serve(Channel channel, List<byte[]> frames, Handler handler) {
        decode(frames).ifPresent(request -> handler.handle(request, channel));
        return true;
    }

    private Channel channel(ZMQ.Socket socket) {
        return new Channel() {
            @Override public void send(Message answer) {
                Sockets.send(socket, wire.encode(answer));
            }

            @Override public List<Message> takeWaiting() {
                List<Message> waiting = new ArrayList<>();
                for (List<byte[]> frames = receive(socket, ZMQ.DONTWAIT); frames != null; frames = receive(socket, ZMQ.DONTWAIT))
                    decode(frames).ifPresent(waiting::add);
                return waiting;
            }
        };
    }

    private Optional<Message> decode(List<byte[]> frames) {
        try {
            return Optional.of(wire.decode(frames));
        } catch (SignatureException e) {
            LOG.println(e.getMessage());
            return Optional.empty();
        }
    }

    private void ask(Message question) {
        while (receive(stdin, ZMQ.DONTWAIT) != null) { } // an answer to a question that was interrupted
        send(stdin, wire.encode(question));
        stdin.setReceiveTimeOut(STDIN_CHECK_MS);
        while (asked == question) {
            List<byte[]> frames = receive(stdin, 0);
            Optional<Message> answer = frames == null ? Optional.empty() : decode(frames);
            if (answer.isEmpty()) continue;
            answers.add(answer.get());
            return;
        }
    }

    /** The frames of the next message; null when none has come in time. */
    static List<byte[]> receive(ZMQ.Socket socket, int flags) {
        byte[] frame = socket.recv(flags);
        if (frame == null) return null;
        List<byte[]> frames = new ArrayList<>(List.of(frame));
        while (socket.hasReceiveMore()) frames.add(socket.recv());
        return frames;
    }

    /** False when there is no room for it, in which case nothing is sent. */
    static boolean send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++)
            if (!socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0)) return false;
        return true;
    }
}
