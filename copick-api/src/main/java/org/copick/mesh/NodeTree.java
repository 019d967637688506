package org.copick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Visits the nodes of the scene and collects the places of geometries. */
final class NodeTree {
    /** The name of trimesh's own root node. */
    static final String BASE = "world";

    private static final int NO_PARENT = -1;

    private final JsonNode nodes;
    private final GeometryReader geometries;
    private final GltfCheck check;
    private final UniqueNames unique;
    private final String[] names;
    private final boolean[] shown;
    private final List<Instance> instances = new ArrayList<>();

    private NodeTree(JsonNode nodes, GeometryReader geometries, GltfCheck check) {
        this.nodes = nodes;
        this.geometries = geometries;
        this.check = check;
        this.unique = check.uniqueNames();
        this.names = names();
        this.shown = new boolean[nodes.size()];
    }

    static List<Instance> instances(JsonNode json, GeometryReader geometries, GltfCheck check, Findings findings) {
        NodeTree tree = new NodeTree(json.path("nodes"), geometries, check);
        JsonNode scenes = json.path("scenes");
        if (!scenes.isEmpty()) {
            long scene = check.whole(json, "scene", 0);
            if (scene >= scenes.size()) {
                throw check.corrupt("its default scene is missing");
            }
            tree.walk(check.list(scenes.path((int) scene), "nodes"));
        }
        tree.report(findings);
        return tree.instances;
    }

    private void report(Findings findings) {
        Set<Geometry> placed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < names.length; i++) {
            JsonNode node = nodes.get(i);
            if (shown[i]
                    && node.has("matrix")
                    && !Affine.ofColumns(numbers(node, "matrix", 16)).isAffine()) {
                findings.addLoss("matrices whose last row is not 0, 0, 0, 1, which is not applied; nodes", names[i]);
            }
            if (shown[i] && isHidden(node)) {
                findings.addLoss(GltfExtensions.VISIBILITY + " is not applied, so hidden nodes are shown", names[i]);
            }
            if (!node.has("mesh")) {
                continue;
            }
            long mesh = check.whole(node, "mesh", -1);
            placed.addAll(geometries.ofMesh(mesh));
            if (!shown[i]) {
                findings.addLoss("not shown, because they are not in the scene that is shown: nodes", names[i]);
            } else if (!geometries.hasMesh(mesh)) {
                findings.addLoss("nodes whose mesh is missing", names[i]);
            }
            if (node.path("extensions").has(GltfExtensions.INSTANCING)) {
                findings.addLoss(GltfExtensions.INSTANCING + " is not applied, so nodes are shown once each", names[i]);
            }
            if (node.has("skin")) {
                findings.addLoss("skins are not applied; nodes show the mesh without its pose", names[i]);
            }
            if (isAnyNotZero(node.path("weights"))) {
                findings.addLoss("morph targets are not applied; nodes", names[i]);
            }
        }
        for (Geometry geometry : geometries.all()) {
            if (!placed.contains(geometry)) {
                findings.addLoss("not shown, because no node places them: geometries", geometry.name());
            }
        }
    }

    private static boolean isHidden(JsonNode node) {
        JsonNode visible =
                node.path("extensions").path(GltfExtensions.VISIBILITY).path("visible");
        return visible.isBoolean() && !visible.booleanValue();
    }

    static boolean isAnyNotZero(JsonNode weights) {
        for (JsonNode weight : weights) {
            if (weight.asDouble() != 0) {
                return true;
            }
        }
        return false;
    }

    /** A node to visit, with the transform of its parent. */
    private record Visit(int node, Affine parent) {}

    private void walk(JsonNode roots) {
        int[] parents = parents();
        Deque<Visit> open = new ArrayDeque<>();
        for (JsonNode root : roots) {
            int index = index(root);
            if (parents[index] != NO_PARENT) {
                throw check.corrupt("node " + index + " is a root of the scene and has a parent");
            }
            open.add(new Visit(index, Affine.IDENTITY));
        }
        while (!open.isEmpty()) {
            Visit visit = open.remove();
            if (shown[visit.node]) {
                throw check.corrupt("node " + visit.node + " is placed twice");
            }
            shown[visit.node] = true;
            JsonNode node = nodes.get(visit.node);
            Affine toScene = visit.parent.isIdentity() ? local(node) : visit.parent.after(local(node));
            if (!toScene.isFinite()) {
                throw check.corrupt("the transform of node " + visit.node + " is not finite");
            }
            if (node.has("mesh")) {
                place(names[visit.node], geometries.ofMesh(check.whole(node, "mesh", -1)), toScene);
            }
            for (JsonNode child : check.list(node, "children")) {
                open.add(new Visit(index(child), toScene));
            }
        }
    }

    private void place(String name, List<Geometry> placed, Affine toScene) {
        if (placed.size() == 1) {
            instances.add(new Instance(name, placed.get(0), toScene));
            return;
        }
        for (int i = 0; i < placed.size(); i++) {
            instances.add(new Instance(unique.next(name + "_" + i), placed.get(i), toScene));
        }
    }

    /** Returns the parent of each node. As each node has one parent and roots have none, there are no cycles. */
    private int[] parents() {
        int[] parents = new int[nodes.size()];
        Arrays.fill(parents, NO_PARENT);
        for (int i = 0; i < nodes.size(); i++) {
            for (JsonNode child : check.list(nodes.get(i), "children")) {
                int index = index(child);
                if (parents[index] != NO_PARENT || index == i) {
                    throw check.corrupt("node " + index + " has two parents");
                }
                parents[index] = i;
            }
        }
        return parents;
    }

    private int index(JsonNode reference) {
        if (!reference.isInt() || reference.intValue() < 0 || reference.intValue() >= nodes.size()) {
            throw check.corrupt("a scene or node refers to a missing node");
        }
        return reference.intValue();
    }

    private Affine local(JsonNode node) {
        Affine local = node.has("matrix") ? Affine.ofColumns(numbers(node, "matrix", 16)) : Affine.IDENTITY;
        if (node.has("translation")) {
            double[] t = numbers(node, "translation", 3);
            local = local.after(Affine.translation(t[0], t[1], t[2]));
        }
        if (node.has("rotation")) {
            double[] q = numbers(node, "rotation", 4);
            local = local.after(Affine.rotation(q[0], q[1], q[2], q[3]));
        }
        if (node.has("scale")) {
            double[] s = numbers(node, "scale", 3);
            local = local.after(Affine.scale(s[0], s[1], s[2]));
        }
        return local;
    }

    private double[] numbers(JsonNode node, String field, int count) {
        JsonNode values = node.path(field);
        if (!values.isArray() || values.size() != count) {
            throw check.corrupt("the " + field + " of a node must be a list of " + count + " numbers");
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            if (!values.get(i).isNumber()) {
                throw check.corrupt("the " + field + " of a node contains something other than numbers");
            }
            numbers[i] = values.get(i).doubleValue();
        }
        return numbers;
    }

    private String[] names() {
        String[] all = new String[nodes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = unique.next(check.name(nodes.get(i), Integer.toString(i)));
        }
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals(BASE)) {
                all[i] = unique.next(BASE);
            }
        }
        return all;
    }
}
