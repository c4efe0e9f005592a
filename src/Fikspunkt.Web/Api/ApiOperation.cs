using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Api;

/// <summary>A parameter of a question.</summary>
/// <param name="Name">Its name in the query string.</param>
/// <param name="Description">What it does, in English, for the document that describes the API.</param>
/// <param name="Many">Whether it may be given several times, or with commas between.</param>
/// <param name="Example">A value that has an answer in the content; <see langword="null"/> where there is none.</param>
internal sealed record ApiParameter(string Name, string Description, bool Many, Func<SiteContent, string?> Example)
{
    /// <summary>The values it takes, where they are few and fixed; else empty.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>A question that the API answers: declared once for the routes, the check of parameters, the OpenAPI document, the page that lets one try it, and the tools for language models.</summary>
/// <param name="Name">Its name, unique: <c>observations</c>.</param>
/// <param name="Route">Its address below <c>/api/v1</c>, with <c>{id}</c> where it has one.</param>
/// <param name="Summary">What it answers, in a line of English.</param>
/// <param name="Description">More of it.</param>
/// <param name="Parameters">Its parameters besides the common ones.</param>
/// <param name="Columns">The columns of its answers.</param>
/// <param name="Ask">Answers it; <see langword="null"/> where the id names nothing.</param>
internal sealed record ApiOperation(
    string Name,
    string Route,
    string Summary,
    string Description,
    IReadOnlyList<ApiParameter> Parameters,
    IReadOnlyList<ApiColumn> Columns,
    Func<SiteContent, ApiChoices, ApiTable?> Ask)
{
    /// <summary>Answers it as a JSON-stat data set, where figures form a cube.</summary>
    public Func<SiteContent, ApiChoices, JsonStatCube>? Cube { get; init; }

    /// <summary>An id that has an answer, for routes with one.</summary>
    public Func<SiteContent, string?> IdExample { get; init; } = _ => null;

    /// <summary>What the id is, in English.</summary>
    public string IdDescription { get; init; } = "";

    public bool HasId => Route.Contains("{id}", StringComparison.Ordinal);

    /// <summary>Whether it answers with one thing rather than a list of them.</summary>
    public bool One { get; init; }

    /// <summary>Its own parameters and the common ones.</summary>
    public IEnumerable<ApiParameter> AllParameters => [.. Parameters, .. One ? [] : ApiChoices.Paging, .. ApiChoices.Common];
}
