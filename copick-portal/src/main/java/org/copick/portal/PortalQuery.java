package org.copick.portal;

/**
 * The queries to the portal. Each is one request; none depends on the project, whose parts are in the variables.
 *
 * <p>Lists at the root are complete. Lists inside an object end at 100 elements, so no query contains one. A query has at
 * most eight lists, because each takes a database connection and a worker has ten.
 */
enum PortalQuery {
    /** The names of the runs that match {@code $run}. */
    RUNS("Runs", "query Runs($run: RunWhereClause!) {" + Lists.RUNS + "}"),

    /**
     * The runs that match {@code $project}, and everything about the runs that match {@code $run}. With a {@code $most}
     * other than null, the service cuts off each list but that of the runs.
     */
    CONTENTS(
            "Contents",
            "query Contents($project: RunWhereClause!, $run: RunWhereClause!, $objects: [String!]!, $most: LimitOffsetClause) {"
                    + Lists.RUNS.replace("$run", "$project") + Lists.CONTENTS + "}"),

    /** The objects that datasets annotate, and which of the datasets exist. */
    OBJECTS("Objects", """
            query Objects($run: RunWhereClause!, $datasets: [Int!]!) {
              datasets(where: {id: {_in: $datasets}}, orderBy: [{id: asc}]) { id }
              annotationShapesAggregate(where: {annotation: {run: $run}}) {
                aggregate { count groupBy { shapeType annotation { objectId objectName annotationPublication } } }
              }
            }
            """),

    /** Counts and greatest ids and dates, to find out whether kept rows are still true. */
    FRESH("Fresh", """
            query Fresh($run: RunWhereClause!, $objects: [String!]!) {
              runsAggregate(where: $run) { aggregate { count max { id } } }
              tomogramsAggregate(where: {tomogramVoxelSpacing: {run: $run}}) {
                aggregate { count max { id lastModifiedDate } }
              }
              annotationsAggregate(where: {run: $run, objectId: {_in: $objects}}) {
                aggregate { count max { id lastModifiedDate } }
              }
              annotationFilesAggregate(
                where: {
                  annotationShape: {
                    shapeType: {_in: [Point, OrientedPoint, SegmentationMask, InstanceSegmentationMask]}
                    annotation: {run: $run, objectId: {_in: $objects}}
                  }
                }
              ) { aggregate { count max { id } } }
            }
            """);

    private final String operation;
    private final String text;

    PortalQuery(String operation, String text) {
        this.operation = operation;
        this.text = text;
    }

    String operation() {
        return operation;
    }

    String text() {
        return text;
    }

    /** Parts of the queries. */
    private static final class Lists {
        static final String RUNS = """

              runs(where: $run, orderBy: [{id: asc}]) { id name datasetId }
            """;

        /** All fields that copick shows. {@code neuroglancerConfig} is long and not among them. */
        static final String CONTENTS = """
              tomogramVoxelSpacings(where: {run: $run}, orderBy: [{id: asc}], limitOffset: $most) {
                id runId voxelSpacing
              }
              tomograms(where: {tomogramVoxelSpacing: {run: $run}}, orderBy: [{id: asc}], limitOffset: $most) {
                id alignmentId depositionId runId tomogramVoxelSpacingId name sizeX sizeY sizeZ voxelSpacing
                fiducialAlignmentStatus reconstructionMethod processing tomogramVersion processingSoftware
                reconstructionSoftware isPortalStandard isAuthorSubmitted isVisualizationDefault s3OmezarrDir
                httpsOmezarrDir fileSizeOmezarr s3MrcFile httpsMrcFile fileSizeMrc scale0Dimensions scale1Dimensions
                scale2Dimensions ctfCorrected offsetX offsetY offsetZ depositionDate releaseDate lastModifiedDate
              }
              tomogramAuthors(
                where: {tomogram: {tomogramVoxelSpacing: {run: $run}}}
                orderBy: [{authorListOrder: asc}, {id: asc}]
                limitOffset: $most
              ) { tomogramId name }
              annotations(where: {run: $run, objectId: {_in: $objects}}, orderBy: [{id: asc}], limitOffset: $most) {
                id runId depositionId tomogramVoxelSpacingId s3MetadataPath httpsMetadataPath annotationPublication
                annotationMethod annotationIngestId groundTruthStatus objectId objectName objectDescription objectState
                objectCount confidencePrecision confidenceRecall groundTruthUsed annotationSoftware isCuratorRecommended
                methodType depositionDate releaseDate lastModifiedDate
              }
              annotationAuthors(
                where: {annotation: {run: $run, objectId: {_in: $objects}}}
                orderBy: [{authorListOrder: asc}, {id: asc}]
                limitOffset: $most
              ) { annotationId name }
              annotationShapes(
                where: {
                  shapeType: {_in: [Point, OrientedPoint, SegmentationMask, InstanceSegmentationMask]}
                  annotation: {run: $run, objectId: {_in: $objects}}
                }
                orderBy: [{id: asc}]
                limitOffset: $most
              ) { id annotationId shapeType }
              annotationFiles(
                where: {
                  annotationShape: {
                    shapeType: {_in: [Point, OrientedPoint, SegmentationMask, InstanceSegmentationMask]}
                    annotation: {run: $run, objectId: {_in: $objects}}
                  }
                }
                orderBy: [{id: asc}]
                limitOffset: $most
              ) {
                id alignmentId annotationShapeId tomogramVoxelSpacingId format s3Path fileSize httpsPath
                isVisualizationDefault source
              }
            """;

        private Lists() {}
    }
}
