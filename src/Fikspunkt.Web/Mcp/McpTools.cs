using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Web.Api;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;

namespace Fikspunkt.Web.Mcp;

/// <summary>A tool: a question with its parameters, answered as JSON.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What it does, in a few words.</param>
/// <param name="Operation">The declaration of its parameters and columns.</param>
/// <param name="Required">Parameters that must be given.</param>
/// <param name="Answer">Answers it.</param>
internal sealed record McpTool(string Name, string Title, ApiOperation Operation, IReadOnlyList<string> Required, Func<SiteContent, ApiChoices, string> Answer)
{
    public Tool Describe() => new()
    {
        Name = Name,
        Title = Title,
        Description = $"{Operation.Summary}. {Operation.Description}",
        InputSchema = JsonSerializer.SerializeToElement(Schema()),
        Annotations = new ToolAnnotations { Title = Title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    private JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(Operation.AllParameters.Where(parameter => parameter.Name != ApiChoices.Format).Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)Schema(parameter)))),
        ["required"] = new JsonArray([.. Required.Select(name => (JsonNode)name)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Schema(ApiParameter parameter)
    {
        var value = parameter.Name switch
        {
            ApiChoices.LimitName => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = McpTools.MaximumLimit, ["default"] = McpTools.DefaultLimit },
            ApiChoices.OffsetName => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["default"] = 0 },
            _ => new JsonObject { ["type"] = "string" },
        };
        if (parameter.Values.Count > 0)
        {
            value["enum"] = new JsonArray([.. parameter.Values.Select(text => (JsonNode)text)]);
        }

        var schema = parameter.Many ? new JsonObject { ["type"] = "array", ["items"] = value } : value;
        schema["description"] = parameter.Name == ApiChoices.LimitName ? $"Rows in one answer; {McpTools.DefaultLimit} when not given." : parameter.Description;
        return schema;
    }
}

/// <summary>The tools, which are the API's own questions.</summary>
internal static class McpTools
{
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 1_000;

    public static IReadOnlyList<McpTool> All { get; } =
    [
        List("list_areas", "Areas and their codes", AreaQuestions.All),
        List("list_indicators", "Indicators and which figures there are", IndicatorQuestions.All),
        List("get_observations", "Figures", ObservationQuestions.All),
        List("list_measurements", "Measurements, what they can tell and what not", MeasurementQuestions.All),
        List("get_results", "Results with uncertainty", ResultQuestions.All),
        new("where_does_a_municipality_stand", "Where a municipality stands, with uncertainty", Standing.Operation, [ApiFilters.Area], Standing.Answer),
        List("list_publications", "Packages that results can be recomputed from", PublicationQuestions.All),
    ];

    /// <summary>Answers a call.</summary>
    /// <exception cref="InputException">There is no such tool, or an argument cannot be used.</exception>
    public static string Answer(SiteContent content, string name, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        var tool = All.FirstOrDefault(known => known.Name == name) ?? throw ApiChoices.Unknown("tool", name, All.Select(known => known.Name));
        var given = arguments.ToDictionary(argument => argument.Key, Values, StringComparer.Ordinal);
        if (given.ContainsKey(ApiChoices.Format))
        {
            throw new InputException(new InputProblem(Texts.ApiUnknownParameter, Found: ApiChoices.Format, Expected: string.Join(", ", tool.Operation.AllParameters.Select(parameter => parameter.Name).Where(known => known != ApiChoices.Format))));
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = given.TryGetValue(ApiChoices.Language, out var language) ? (language == "en" ? Languages.English : Languages.Danish) : CultureInfo.DefaultThreadCurrentUICulture ?? Languages.Danish;
        given.TryAdd(ApiChoices.LimitName, tool.Operation.One ? default : DefaultLimit.ToString(CultureInfo.InvariantCulture));
        var choices = ApiChoices.Read(tool.Operation, given.Where(argument => argument.Value.Count > 0), most: MaximumLimit);
        if (tool.Required.FirstOrDefault(parameter => choices.All(parameter).Count == 0) is { } missing)
        {
            throw new InputException(new InputProblem(Texts.McpMissingArgument, missing));
        }

        return tool.Answer(content, choices);
    }

    private static McpTool List(string name, string title, ApiOperation operation) => new(name, title, operation, [], (content, choices) =>
    {
        var table = operation.Ask(content, choices)!;
        var more = choices.Offset + (long)choices.Limit < table.Total ? $"{ApiChoices.OffsetName}={choices.Offset + choices.Limit}" : null;
        return JsonAnswer.Text(writer => JsonAnswer.WriteBody(writer, operation, table, choices, new AnswerFrame(content.Version, content.Synthetic, more)));
    });

    private static StringValues Values(KeyValuePair<string, JsonElement> argument) => argument.Value.ValueKind switch
    {
        JsonValueKind.Array => new StringValues([.. argument.Value.EnumerateArray().Select(item => Text(argument.Key, item))]),
        JsonValueKind.Null => StringValues.Empty,
        _ => Text(argument.Key, argument.Value),
    };

    private static string Text(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new InputException(new InputProblem(Texts.McpWrongArgument, name, Found: value.GetRawText())),
    };
}
