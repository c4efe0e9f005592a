using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;

namespace Fikspunkt.Methods;

/// <summary>How a case came out.</summary>
/// <param name="Case">The folder's name.</param>
/// <param name="Method">The method.</param>
/// <param name="Quantities">Every quantity that the case has.</param>
/// <param name="Unused">Parameters of the case that the method did not ask for.</param>
/// <param name="Refusal">Why nothing could be computed; <see langword="null"/> when it could.</param>
public sealed record CaseResult(string Case, string Method, IReadOnlyList<ComparedQuantity> Quantities, IReadOnlyList<string> Unused, InputProblem? Refusal = null)
{
    /// <summary>Whether every quantity that is compared was computed and lies within its tolerance.</summary>
    public bool Passes => Refusal is null && Quantities.All(quantity => quantity.Verdict is not (Verdict.Differs or Verdict.NotComputed));
}

/// <summary>A reference case: a folder with <c>case.json</c>, <c>input.csv</c> and <c>expected.json</c>. A new folder needs no code.</summary>
public static class CaseFolder
{
    private static readonly string[] AboutTheCase = ["method", "options", "compare", "skip", "input", "expected"];

    /// <summary>Computes the case and compares.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Reads a table from a path.</param>
    /// <exception cref="InputException">A file of the case is missing or malformed.</exception>
    public static CaseResult Check(string folder, Func<string, TextTable> read)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var casePath = Path.Combine(folder, "case.json");
        using var description = ReadJson(casePath);
        var root = description.RootElement;
        var method = Required(root, "method", casePath);
        using var expected = ReadJson(Path.Combine(folder, Optional(root, "expected") ?? "expected.json"));
        var table = read(Path.Combine(folder, Optional(root, "input") ?? "input.csv"));
        var wanted = QuantityTree.Leaves(expected.RootElement).Select(leaf => leaf.Quantity).ToHashSet(StringComparer.Ordinal);
        var input = new MethodInput(table, Settings(root), wanted);
        var (computed, refusal) = Compute(method, input);
        computed["case"] = name;
        var comparison = new CaseComparison(Rules(root, casePath), Skips(root));
        return new CaseResult(name, method, comparison.Compare(expected.RootElement, computed), refusal is null ? [.. input.Unused] : [], refusal);
    }

    // A case that cannot be computed is one that is not computed, not a broken file.
    private static (Quantities Computed, InputProblem? Refusal) Compute(string method, MethodInput input)
    {
        try
        {
            return (Catalogue.Run(Catalogue.Find(method), input), null);
        }
        catch (InputException e)
        {
            return (new Quantities(), e.Problems[0]);
        }
    }

    // Roles and options are one list of parameters to the method.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Settings(JsonElement root)
    {
        var roles = root.EnumerateObject().Where(entry => !AboutTheCase.Contains(entry.Name));
        var options = root.TryGetProperty("options", out var given) && given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().ToList() : [];
        return roles.Concat(options).GroupBy(entry => entry.Name, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, JsonNode.Parse(group.Last().Value.GetRawText())));
    }

    private static List<ToleranceRule> Rules(JsonElement root, string path)
    {
        try
        {
            return root.TryGetProperty("compare", out var rules)
                ? [.. rules.EnumerateArray().Select(rule => new ToleranceRule(rule.GetProperty("path").GetString()!, Part(rule, "relative"), Part(rule, "absolute")))]
                : [];
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InputException(new InputProblem(Texts.CaseMalformed, path, Column: "compare", Expected: "[{\"path\": \"*\", \"relative\": 1e-9, \"absolute\": 0}]"), e);
        }
    }

    private static double Part(JsonElement rule, string name) => rule.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    private static List<string> Skips(JsonElement root) =>
        root.TryGetProperty("skip", out var skip) && skip.ValueKind == JsonValueKind.Array ? [.. skip.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : [];

    private static string Required(JsonElement root, string name, string path) =>
        Optional(root, name) ?? throw new InputException(new InputProblem(Texts.CaseMalformed, path, Column: name, Expected: Texts.TextExpected));

    private static string? Optional(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonDocument ReadJson(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            throw new InputException(new InputProblem(Texts.CaseMalformed, path, e.LineNumber is { } line ? (int)line + 1 : null, Expected: "JSON"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputProblem(Texts.CaseFileMissing, path, Expected: "case.json, input.csv, expected.json"), e);
        }
    }
}
