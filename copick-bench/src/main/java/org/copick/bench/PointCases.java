package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Mesh;
import org.copick.Picks;
import org.copick.bench.Clock.Result;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;

/** Cases with one large picks file and one large mesh. */
final class PointCases {
    private static final int CORNERS = 3;

    private final Spec spec;
    private final Clock clock;

    PointCases(Spec spec, Clock clock) {
        this.spec = spec;
        this.clock = clock;
    }

    /** Loads picks into one object per point. */
    void load() throws IOException {
        clock.time(
                (context, nothing) -> {
                    List<Point> points = new ArrayList<>(picks(context).points());
                    return points;
                },
                Result.of(points -> points.size() + " points", length("picks_path")));
    }

    @SuppressWarnings("ArrayRecordComponent") // a pair, never compared
    private record Columns(double[] positions, double[] transforms) {}

    void loadArrays() throws IOException {
        clock.time(
                (context, nothing) -> columns(picks(context).document()),
                Result.of(columns -> columns.positions.length / CORNERS + " points", length("picks_path")));
    }

    private static Columns columns(PicksDocument document) {
        return new Columns(document.positions(), document.transforms());
    }

    private record Target<T>(Path folder, T entity) {}

    void store() throws IOException {
        List<Point> points;
        try (CopickContext context = Opening.context(spec)) {
            points = new ArrayList<>(picks(context).points());
        }
        clock.time(
                this::target,
                (context, target) -> {
                    target.entity.write(points);
                    return target.folder;
                },
                written("picks_path"));
    }

    void storeArrays() throws IOException {
        Columns columns;
        try (CopickContext context = Opening.context(spec)) {
            columns = columns(picks(context).document());
        }
        clock.time(
                this::target,
                (context, target) -> {
                    target.entity.write(
                            target.entity.document().withPoints(columns.positions, columns.transforms, null, null));
                    return target.folder;
                },
                written("picks_path"));
    }

    void loadMesh() throws IOException {
        clock.time(
                (context, nothing) -> mesh(context).scene(),
                Result.of(
                        scene -> scene.geometries().stream()
                                        .filter(part -> part.kind() == Geometry.Kind.TRIANGLES)
                                        .mapToInt(part -> part.faces().length / CORNERS)
                                        .sum()
                                + " triangles",
                        length("mesh_path")));
    }

    void storeMesh() throws IOException {
        MeshScene scene;
        try (CopickContext context = Opening.context(spec)) {
            scene = mesh(context).scene();
        }
        JsonNode key = spec.info().path("mesh");
        clock.time(
                context -> {
                    Path folder = Files.createTempDirectory(spec.scratch(), "written");
                    return new Target<>(
                            folder,
                            Opening.scratch(spec, context, folder)
                                    .newRun(spec.info().path("run").asText()));
                },
                (context, target) -> {
                    target.entity.newMesh(
                            AnnotationId.of(key.path("object_name").asText())
                                    .user(key.path("user_id").asText())
                                    .session(key.path("session_id").asText()),
                            scene);
                    return target.folder;
                },
                written("mesh_path"));
    }

    private Target<Picks> target(CopickContext context) throws IOException {
        Path folder = Files.createTempDirectory(spec.scratch(), "written");
        JsonNode key = spec.info().path("picks");
        return new Target<>(
                folder,
                Opening.scratch(spec, context, folder)
                        .newRun(spec.info().path("run").asText())
                        .newPicks(AnnotationId.of(key.path("object_name").asText())
                                .user(key.path("user_id").asText())
                                .session(key.path("session_id").asText())));
    }

    private Result<Path> written(String like) throws IOException {
        long bytes = length(like);
        return new Result<>(Checks::bytes, folder -> bytes, folder -> null, Checks::delete);
    }

    private long length(String field) throws IOException {
        return Files.size(spec.path(field));
    }

    private Picks picks(CopickContext context) throws IOException {
        JsonNode key = spec.info().path("picks");
        return Opening.run(spec, Opening.project(spec, context))
                .picks(AnnotationId.of(key.path("object_name").asText())
                        .user(key.path("user_id").asText())
                        .session(key.path("session_id").asText()));
    }

    private Mesh mesh(CopickContext context) throws IOException {
        JsonNode key = spec.info().path("mesh");
        return Opening.run(spec, Opening.project(spec, context))
                .mesh(AnnotationId.of(key.path("object_name").asText())
                        .user(key.path("user_id").asText())
                        .session(key.path("session_id").asText()));
    }
}
