package org.zegel.door;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.zegel.content.Content;
import org.zegel.content.ContentHandles;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.model.Scope;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.Limits;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** A gate with pairings in memory and contents, where everybody is let in: what the doors' own tests need. */
final class TestGate implements Gate {
    private final Map<String, Client> tokens = new ConcurrentHashMap<>();
    private final ContentHandles contents;

    TestGate(ContentHandles contents) {
        this.contents = contents;
    }

    boolean isPairedOrigin(String origin) {
        return tokens.values().stream()
                .anyMatch(client -> origin.equals(client.caller().origin()));
    }

    @Override
    public Session enter(Caller caller) {
        return new TestSession(caller);
    }

    private final class TestSession implements Session {
        private final Caller caller;
        private volatile String token = "";

        TestSession(Caller caller) {
            this.caller = caller;
        }

        @Override
        public boolean authenticate(String offered) {
            Client client = tokens.get(offered);
            boolean mine = client != null
                    && client.caller().door() == caller.door()
                    && java.util.Objects.equals(client.caller().origin(), caller.origin());
            if (mine) {
                token = offered;
            }
            return mine;
        }

        @Override
        public Optional<Client> client() {
            return Optional.ofNullable(tokens.get(token));
        }

        @Override
        public Result call(Request request, Progress progress) throws RequestError {
            if (request instanceof SessionRequest.Hello hello) {
                if (hello.token() != null && !authenticate(hello.token())) {
                    throw new RequestError(ErrorCode.NOT_PAIRED, "Unknown token.");
                }
                return new SessionResult.Hello("Zegel", 1, null, client().isPresent(), null, Limits.published());
            }
            if (request instanceof SessionRequest.Pair pair) {
                return pair(pair);
            }
            Client client = client().orElseThrow(() -> new RequestError(ErrorCode.NOT_PAIRED, "Pair first."));
            try {
                return paired(client, request);
            } catch (Failure failure) {
                throw new RequestError(ErrorCode.valueOf(failure.kind().name()), failure.getMessage(), failure.data());
            } catch (IOException problem) {
                throw new IllegalStateException(problem);
            }
        }

        private Result pair(SessionRequest.Pair pair) {
            if (pair.pairing() == null) {
                return new SessionResult.Pairing("p", "n", null, null, null, null);
            }
            byte[] secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            tokens.put(made, new Client("c-" + made, "test", EnumSet.allOf(Scope.class), caller));
            return new SessionResult.Pairing(null, null, "c-" + made, made, "k", List.of("verify"));
        }

        private Result paired(Client client, Request request) throws Failure, IOException, RequestError {
            return switch (request) {
                case SessionRequest.Unpair ignored -> {
                    tokens.values().remove(client);
                    yield new SessionResult.Done(true);
                }
                case SessionRequest.Subscribe ignored -> new SessionResult.Done(true);
                case SessionRequest.Stop ignored -> new SessionResult.Done(true);
                case ContentRequest.Create ignored -> new ContentResult.Created(contents.create(client.id()));
                case ContentRequest.Append append ->
                    new ContentResult.Size(contents.append(client.id(), append.content(), append.base64()));
                case ContentRequest.Read read -> read(client, read);
                case ContentRequest.Close close -> {
                    contents.close(client.id(), close.content());
                    yield new SessionResult.Done(true);
                }
                default -> throw new RequestError(ErrorCode.UNSUPPORTED, "Not in this test.");
            };
        }

        private ContentResult.Chunk read(Client client, ContentRequest.Read read) throws Failure, IOException {
            int length = read.length() == null ? Limits.MAX_CHUNK : read.length();
            if (length < 1 || length > Limits.MAX_CHUNK) {
                throw new Failure(Failure.Kind.INVALID_PARAMETERS, "length");
            }
            Content content = contents.open(client.id(), read.content());
            try (InputStream in = content.open()) {
                in.skipNBytes(read.offset());
                byte[] bytes = in.readNBytes(length);
                return new ContentResult.Chunk(bytes, content.size(), read.offset() + bytes.length == content.size());
            }
        }

        @Override
        public void close() {}
    }
}
