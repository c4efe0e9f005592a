using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Fikspunkt.Web.Api;

/// <summary>The description of the API as OpenAPI 3.1, made from the same declarations that answer it; its examples have an answer on this server.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Problem = "Problem";
    private static readonly string[] SourceFields = ["id", "table", "source", "retrieved", "value_hash"];
    private static readonly ConditionalWeakTable<SiteContent, Lazy<Task<byte[]>>> Made = [];

    public static void AddServices(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Head(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((described, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var content = context.ApplicationServices.GetRequiredService<Site>().Current;
            if (metadata.OfType<ApiOperation>().FirstOrDefault() is { } operation)
            {
                Describe(described, operation, content, context.Document!);
            }
            else if (metadata.OfType<PackageMark>().Any())
            {
                DescribePackage(described, content, context.Document!);
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>Sends the document.</summary>
    public static async Task Send(HttpContext context)
    {
        var content = context.RequestServices.GetRequiredService<Site>().Current;
        var provider = context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        if (context.Request.Query.Keys.FirstOrDefault() is { } unknown)
        {
            throw new Domain.InputException(new Domain.InputProblem(Texts.ApiUnknownParameter, Found: unknown));
        }

        if (ApiEndpoints.Unchanged(context, content, "openapi"))
        {
            return;
        }

        var bytes = await Made.GetValue(content, _ => new Lazy<Task<byte[]>>(() => Make(provider))).Value;
        context.Response.ContentType = "application/vnd.oai.openapi+json; version=3.1; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static async Task<byte[]> Make(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        return text.ToArray();
    }

    private static void Head(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Fikspunkt",
            Version = "1",
            Summary = "An open, reproducible benchmark of Danish municipal employment services.",
            Description = "Reads only; no key is needed. Every answer says where its figures come from and whether they are made up. A hidden or missing figure is null with a status, never 0, and no rank comes without the ranks that its uncertainty allows. "
                + "Columns, ids and addresses do not change within a version; new columns and new values of parameters may come. Errors are `application/problem+json` and name the parameter, what was found and what was expected.",
            License = new OpenApiLicense { Name = "MPL-2.0", Identifier = "MPL-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server." }];
        document.Tags = null;
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[Problem] = Object(new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Schema(JsonSchemaType.String, "Always `about:blank`: the status code says the kind."),
            ["title"] = Schema(JsonSchemaType.String, "What is wrong."),
            ["status"] = Schema(JsonSchemaType.Integer, "The status code."),
            ["detail"] = Schema(JsonSchemaType.String, "What is wrong, with place, what was found and what was expected, in one line."),
            ["instance"] = Schema(JsonSchemaType.String, "The address asked for."),
            ["parameter"] = Schema(JsonSchemaType.String, "The parameter that cannot be used."),
            ["found"] = Schema(JsonSchemaType.String, "What was found there."),
            ["expected"] = Schema(JsonSchemaType.String, "What would have been right."),
        });
    }

    private static void Describe(OpenApiOperation described, ApiOperation operation, SiteContent content, OpenApiDocument document)
    {
        described.Summary = operation.Summary;
        described.Description = operation.Description;
        described.Tags = null;
        described.Parameters =
        [
            .. operation.HasId ? [Path("id", operation.IdDescription, operation.IdExample(content))] : Array.Empty<IOpenApiParameter>(),
            .. operation.AllParameters.Select(parameter => Query(parameter, content)),
        ];
        var row = Object(operation.Columns.ToDictionary(column => column.Id, IOpenApiSchema (column) => Schema(column), StringComparer.Ordinal));
        var answer = new OpenApiResponse { Description = "The answer.", Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) };
        answer.Content["application/json"] = new OpenApiMediaType { Schema = Envelope(operation, row), Example = Example(operation, content) };
        answer.Content["text/csv"] = new OpenApiMediaType { Schema = Schema(JsonSchemaType.String, "A header line and one line a row. `Link` leads to the next rows.") };
        if (operation.Cube is not null)
        {
            answer.Content["application/vnd.json-stat+json"] = new OpenApiMediaType { Schema = Schema(JsonSchemaType.Object, "A data set of JSON-stat 2.0.") };
        }

        described.Responses = Responses(answer, operation.HasId, document);
    }

    private static void DescribePackage(OpenApiOperation described, SiteContent content, OpenApiDocument document)
    {
        described.Summary = "A package as a zip file";
        described.Description = "Everything that the results were computed from and the results. `fikspunkt verify FILE` recomputes them.";
        described.Tags = null;
        described.Parameters = [Path("id", PublicationQuestions.One.IdDescription, PublicationQuestions.One.IdExample(content))];
        described.Responses = Responses(
            new OpenApiResponse
            {
                Description = "The package.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/zip"] = new() { Schema = Schema(JsonSchemaType.String, "A zip file.") } },
            },
            hasId: true,
            document);
    }

    private static OpenApiResponses Responses(OpenApiResponse answer, bool hasId, OpenApiDocument document)
    {
        var responses = new OpenApiResponses { ["200"] = answer, ["304"] = new OpenApiResponse { Description = "Nothing changed since the `ETag` or time that was sent along." } };
        (string Status, string Text)[] problems =
        [
            ("400", "A parameter is unknown or has a value it cannot have."),
            ("404", "There is nothing with that id."),
            ("406", "None of the accepted media types can be had."),
            ("429", "Too many requests; `Retry-After` says when to try again."),
        ];
        foreach (var (status, text) in problems.Where(problem => hasId || problem.Status != "404"))
        {
            responses[status] = new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ApiProblem.ContentType] = new() { Schema = new OpenApiSchemaReference(Problem, document) } },
            };
        }

        return responses;
    }

    private static OpenApiSchema Envelope(ApiOperation operation, OpenApiSchema row)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["version"] = Schema(JsonSchemaType.String, "The content's version. When it changes between two parts of an answer, begin again."),
            ["synthetic"] = Schema(JsonSchemaType.Boolean, "Whether any figure on this server is made up."),
            ["notice"] = Schema(JsonSchemaType.String, "What that means; only when it is so."),
            ["sources"] = List(Object(SourceFields.ToDictionary(name => name, IOpenApiSchema (_) => Schema(JsonSchemaType.String, null), StringComparer.Ordinal)), "Where the figures come from."),
        };
        if (!operation.One)
        {
            properties["total"] = Schema(JsonSchemaType.Integer, "Rows in all.");
            properties["limit"] = Schema(JsonSchemaType.Integer, "Rows in one answer.");
            properties["offset"] = Schema(JsonSchemaType.Integer, "Rows skipped.");
            properties["next"] = Schema(JsonSchemaType.String | JsonSchemaType.Null, "Where the next rows are; null at the end.");
        }

        properties["data"] = operation.One ? row : List(row, "The rows.");
        return Object(properties);
    }

    // The first row of the answer to the plain question, so that a reader sees real cells.
    private static JsonObject? Example(ApiOperation operation, SiteContent content)
    {
        var choices = new ApiChoices(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), operation.HasId ? operation.IdExample(content) ?? "" : null);
        if (operation.Ask(content, choices)?.Rows.FirstOrDefault() is not { } first)
        {
            return null;
        }

        var row = new JsonObject(operation.Columns.Zip(first).Select(cell => KeyValuePair.Create(cell.First.Id, Node(cell.Second))));
        return new JsonObject { ["version"] = content.Version, ["synthetic"] = content.Synthetic, ["data"] = operation.One ? row : new JsonArray(row) };
    }

    private static JsonNode? Node(object? cell) => cell switch
    {
        double number when !double.IsFinite(number) => null,
        double number => number,
        int count => count,
        long count => count,
        decimal money => money,
        bool yes => yes,
        string text => text,
        IEnumerable<string> texts => new JsonArray([.. texts.Select(text => (JsonNode)text)]),
        _ => null,
    };

    private static OpenApiParameter Query(ApiParameter parameter, SiteContent content)
    {
        var number = parameter.Name is ApiChoices.LimitName or ApiChoices.OffsetName;
        var value = new OpenApiSchema { Type = number ? JsonSchemaType.Integer : JsonSchemaType.String };
        if (parameter.Values.Count > 0)
        {
            value.Enum = [.. parameter.Values.Select(text => (JsonNode)text)];
        }

        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description + (parameter.Many ? " Several may be given, with commas between or by giving the parameter again." : ""),
            Schema = parameter.Many ? List(value, null) : value,
            Explode = !parameter.Many,
            Example = parameter.Example(content) is not { } example ? null : number ? int.Parse(example, CultureInfo.InvariantCulture) : parameter.Many ? new JsonArray((JsonNode)example) : example,
        };
    }

    private static OpenApiParameter Path(string name, string description, string? example) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };

    private static OpenApiSchema Schema(ApiColumn column) => column.Type switch
    {
        ApiType.Integer => Schema(JsonSchemaType.Integer | JsonSchemaType.Null, column.Description),
        ApiType.Number => Schema(JsonSchemaType.Number | JsonSchemaType.Null, column.Description),
        ApiType.Boolean => Schema(JsonSchemaType.Boolean | JsonSchemaType.Null, column.Description),
        ApiType.List => List(Schema(JsonSchemaType.String, null), column.Description),
        _ => Schema(JsonSchemaType.String | JsonSchemaType.Null, column.Description),
    };

    private static OpenApiSchema Schema(JsonSchemaType type, string? description) => new() { Type = type, Description = description };

    private static OpenApiSchema List(IOpenApiSchema items, string? description) => new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    private static OpenApiSchema Object(IDictionary<string, IOpenApiSchema> properties) => new() { Type = JsonSchemaType.Object, Properties = properties };

    /// <summary>Marks the endpoint that sends packages.</summary>
    public sealed record PackageMark;
}
