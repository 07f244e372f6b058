package grad.kernel;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.http.client.HttpResponseException;
import org.apache.maven.settings.io.xpp3.SettingsXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.DefaultRepositoryCache;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalArtifactResult;
import org.eclipse.aether.repository.LocalRepositoryManager;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.util.artifact.ArtifactIdUtils;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;

/**
 * Finds jars as Maven does, with its settings, its local repository and its own resolver. The local repository comes first: what is all
 * there is used as it is, without a look at the network, so a jar installed a second ago is the one that counts.
 */
final class MavenResolver {
    private static final String COORDINATE = "[^:\\s]+:[^:\\s]+(:[^:\\s]*(:[^:\\s]+)?)?:[^:\\s]+";
    private static final int CONNECT_MS = 5_000;
    private static final int REQUEST_MS = 30_000;

    private final ContextOverrides.Builder overrides;
    private final List<RemoteRepository> added = new CopyOnWriteArrayList<>(); // a magic that was interrupted may still read it
    private Context context; // made with the first request: it takes half a second
    private boolean offline;

    MavenResolver() {
        this(ContextOverrides.create().withUserSettings(true));
    }

    MavenResolver(ContextOverrides.Builder overrides) {
        this.overrides = overrides;
    }

    /** Adds a place to look in; a name and a password that stand in its address are used, and shown nowhere. */
    void addRepository(String id, String address) throws MagicError {
        URI place = place(address);
        RemoteRepository.Builder repository = new RemoteRepository.Builder(id, "default", address);
        if (place.getRawUserInfo() != null) {
            String[] user = place.getUserInfo().split(":", 2);
            repository.setUrl(address.replaceFirst(Pattern.quote(place.getRawUserInfo() + "@"), ""));
            String password = user.length < 2 ? "" : user[1];
            repository.setAuthentication(new AuthenticationBuilder().addUsername(user[0]).addPassword(password).build());
        }
        added.removeIf(other -> other.getId().equals(id));
        added.add(repository.build());
    }

    private static URI place(String address) throws MagicError {
        try {
            URI place = URI.create(address);
            if (place.getScheme() != null && place.getScheme().matches("(?i)https?|file")) return place;
        } catch (IllegalArgumentException e) {
            throw new MagicError(e.getMessage());
        }
        throw new MagicError(address + " is no place for artifacts: write https://… or file:///…");
    }

    /** The jars of these artifacts and of all they need at run time, by {@code group:artifact}. */
    Map<String, Path> resolve(List<String> coordinates) throws MagicError {
        List<Dependency> wanted = new ArrayList<>();
        for (String coordinate : coordinates) {
            if (!coordinate.matches(COORDINATE))
                throw new MagicError(coordinate + " is no coordinate: write group:artifact:version, as org.knowm.xchart:xchart:4.0.3");
            wanted.add(new Dependency(new DefaultArtifact(coordinate), JavaScopes.RUNTIME));
        }
        return localFirst((session, repositories) -> jars(session, new CollectRequest(wanted, List.of(), repositories)));
    }

    /** The jars of what a POM depends on; parents beside it are found as Maven finds them. */
    Map<String, Path> resolvePom(Path pom) throws MagicError {
        if (!Files.isRegularFile(pom)) throw MagicError.lookedFromHere("no file " + pom);
        LocalPoms poms = new LocalPoms();
        Artifact project = new DefaultArtifact(poms.add(pom));
        return localFirst((session, repositories) -> {
            session.setWorkspaceReader(poms);
            var request = new ArtifactDescriptorRequest(project, repositories, null);
            ArtifactDescriptorResult described = system().readArtifactDescriptor(session, request);
            List<Dependency> wanted = described.getDependencies().stream()
                    .filter(dependency -> Set.of(JavaScopes.COMPILE, JavaScopes.RUNTIME).contains(dependency.getScope())).toList();
            List<RemoteRepository> all = new ArrayList<>(repositories);
            all.addAll(system().newResolutionRepositories(session, described.getRepositories()));
            return jars(session, new CollectRequest(wanted, described.getManagedDependencies(), all));
        });
    }

    /** As {@link #resolvePom}, for a whole POM or just its {@code <dependency>} elements. */
    Map<String, Path> resolvePomText(String text) throws MagicError, IOException {
        boolean list = text.contains("<dependencies") || text.contains("<repositories") || text.contains("<dependencyManagement");
        String project = text.contains("<project") ? text
                : "<project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId><artifactId>cell</artifactId><version>1</version>"
                        + (list ? text : "<dependencies>" + text + "</dependencies>") + "</project>";
        Path pom = Files.createTempFile("cell", ".pom");
        try {
            return resolvePom(Files.writeString(pom, project));
        } finally {
            Files.delete(pom);
        }
    }

    private interface Resolution {
        Map<String, Path> with(DefaultRepositorySystemSession session, List<RemoteRepository> repositories) throws RepositoryException;
    }

    private Map<String, Path> localFirst(Resolution resolution) throws MagicError {
        RepositorySystemSession settings = context().repositorySystemSession();
        List<RemoteRepository> repositories = new ArrayList<>(system().newResolutionRepositories(settings, added));
        for (RemoteRepository other : context().remoteRepositories())
            if (added.stream().noneMatch(mine -> mine.getId().equals(other.getId()))) repositories.add(other);
        try {
            return resolution.with(localOnly(settings), repositories);
        } catch (RepositoryException incomplete) {
            MissingPoms missing = new MissingPoms();
            try {
                var session = patientOnce(settings).setRepositoryListener(missing).setOffline(offline);
                Map<String, Path> jars = resolution.with(session, repositories);
                missing.tell();
                return jars;
            } catch (RepositoryException e) {
                throw new MagicError(reason(e, repositories));
            }
        }
    }

    /** A session with a memory of its own: what the last one has not found, this one may. */
    private static DefaultRepositorySystemSession session(RepositorySystemSession settings) {
        return new DefaultRepositorySystemSession(settings)
                .setCache(new DefaultRepositoryCache())
                .setLocalRepositoryManager(whereverFrom(settings.getLocalRepositoryManager()));
    }

    /** Everything in the local repository counts, even when it came from a place that this notebook does not name. */
    private static LocalRepositoryManager whereverFrom(LocalRepositoryManager manager) {
        Class<?>[] type = {LocalRepositoryManager.class};
        return (LocalRepositoryManager) Proxy.newProxyInstance(MavenResolver.class.getClassLoader(), type, (proxy, method, arguments) -> {
            Object answer = method.invoke(manager, arguments);
            if (answer instanceof LocalArtifactResult found) found.setAvailable(found.getFile() != null);
            return answer;
        });
    }

    /** Without a look at the network; a missing POM is an error, lest its dependencies be left out. */
    private static DefaultRepositorySystemSession localOnly(RepositorySystemSession settings) {
        return session(settings).setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false)).setOffline(true);
    }

    /** One try with short waits, no memory of failures (the network may be back in a minute), and no POM where there is none. */
    private static DefaultRepositorySystemSession patientOnce(RepositorySystemSession settings) {
        return session(settings)
                .setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false))
                .setConfigProperty(ConfigurationProperties.CONNECT_TIMEOUT, CONNECT_MS)
                .setConfigProperty(ConfigurationProperties.REQUEST_TIMEOUT, REQUEST_MS)
                .setConfigProperty(ConfigurationProperties.HTTP_RETRY_HANDLER_COUNT, 0);
    }

    private Map<String, Path> jars(RepositorySystemSession session, CollectRequest request) throws RepositoryException {
        DependencyRequest runtime = new DependencyRequest(request, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
        Map<String, Path> jars = new LinkedHashMap<>();
        for (ArtifactResult result : system().resolveDependencies(session, runtime).getArtifactResults()) {
            Artifact artifact = result.getArtifact();
            if (!artifact.getExtension().equals("jar")) continue;
            jars.put(ArtifactIdUtils.toVersionlessId(artifact).replace(":jar", ""), artifact.getFile().toPath());
        }
        return jars;
    }

    /** Artifacts whose dependencies nobody knows. */
    private static final class MissingPoms extends AbstractRepositoryListener {
        private final Set<String> said = ConcurrentHashMap.newKeySet();

        @Override public void artifactDescriptorMissing(RepositoryEvent event) {
            said.add("the POM of " + name(event.getArtifact()) + " is missing: if it needs other jars, name them too");
        }

        @Override public void artifactDescriptorInvalid(RepositoryEvent event) {
            said.add("the POM of " + name(event.getArtifact()) + " is damaged: if it needs other jars, name them too");
        }

        void tell() {
            said.forEach(System.err::println);
        }
    }

    private static String name(Artifact artifact) {
        return ArtifactIdUtils.toId(artifact).replaceFirst(":jar:", ":");
    }

    private static String name(RemoteRepository repository) {
        return repository.getId() + " " + repository.getUrl();
    }

    /** One line out of the resolver's nested exceptions: which artifact, what is wrong, what to do. */
    private String reason(RepositoryException failure, List<RemoteRepository> repositories) {
        String what = null;
        Throwable root = failure;
        ArtifactTransferException transfer = null;
        for (Throwable e = failure; e != null; e = e.getCause()) {
            root = e;
            if (e instanceof ArtifactTransferException failed && !(e instanceof ArtifactNotFoundException)) transfer = failed;
            if (what != null) continue;
            if (e instanceof ArtifactDescriptorException descriptor) what = name(descriptor.getResult().getRequest().getArtifact());
            if (e instanceof ArtifactResolutionException resolution)
                what = resolution.getResults().stream().filter(result -> !result.isResolved())
                        .map(result -> name(result.getRequest().getArtifact())).collect(Collectors.joining(", "));
        }
        if (what == null) return root.getMessage() + ": check the coordinate, groupId:artifactId:version";
        if (offline)
            return what + " is not in the local repository, and Maven's settings say offline: install it there, or go online once";
        if (root instanceof HttpResponseException answer && transfer != null) return refusal(what, transfer.getRepository(), answer);
        if (transfer != null)
            return "cannot download " + what + " (" + root.getMessage() + "): go online once, or install it into the local repository";
        String places = repositories.stream().map(MavenResolver::name).collect(Collectors.joining(", "));
        return "there is no " + what + " in the local repository or in " + places
                + ": check the coordinate, or mvn install it if it is your own";
    }

    private static String refusal(String what, RemoteRepository repository, HttpResponseException answer) {
        int status = answer.getStatusCode();
        if (status != 401 && status != 403)
            return name(repository) + " does not give " + what + " (" + answer.getMessage() + "): try again later, or install it here";
        return name(repository) + " asks for a name and a password for " + what + " (" + answer.getMessage()
                + "): write them before the host in %mavenRepo's address, or into Maven's settings.xml as the <server> "
                + repository.getId();
    }

    /** What a coordinate may become, out of what the local repository holds. */
    List<String> completions(String begun) {
        return Coordinates.completions(context().repositorySystemSession().getLocalRepository().getBasedir().toPath(), begun);
    }

    private RepositorySystem system() {
        return context().repositorySystem();
    }

    private synchronized Context context() {
        if (context == null) {
            context = Runtimes.INSTANCE.getRuntime().create(overrides.build());
            offline = saysOffline(context.mavenUserHome().settingsXml());
        }
        return context;
    }

    /** The one thing in Maven's settings that the context leaves out. */
    private static boolean saysOffline(Path settings) {
        if (!Files.isRegularFile(settings)) return false;
        try (var reader = Files.newBufferedReader(settings)) {
            return new SettingsXpp3Reader().read(reader).isOffline();
        } catch (IOException | XmlPullParserException e) {
            return false; // the context has refused them before
        }
    }
}
