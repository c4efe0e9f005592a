using System.Globalization;
using Fikspunkt.Web.Api;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>The API: what can be asked, with forms that ask it.</summary>
internal sealed class TryApiModel : SitePageModel
{
    private const string FewRows = "20";

    // The questions that most visitors come with stand first.
    private static readonly ApiOperation[] Asked = [ObservationQuestions.All, ResultQuestions.All, IndicatorQuestions.All, MeasurementQuestions.All, AreaQuestions.All, PublicationQuestions.All];

    public override SitePage Place => SitePages.TryApi;

    public IReadOnlyList<ApiForm> Forms => [.. Asked.Select(Form)];

    /// <summary>Every address with an example that has an answer.</summary>
    public IReadOnlyList<(string Route, string Text, string Example)> Addresses =>
    [
        .. ApiCatalog.All.Select(operation => (ApiEndpoints.Root + operation.Route, Text("ApiAbout_", operation.Name), ApiEndpoints.Root + operation.Route.Replace("{id}", Uri.EscapeDataString(operation.IdExample(Site) ?? "-"), StringComparison.Ordinal) + (operation == ObservationQuestions.All ? $"?{ApiFilters.Period}=latest&{ApiChoices.LimitName}={FewRows}" : ""))),
        (ApiEndpoints.Root + "/publications/{id}/package.zip", Texts.ApiAbout_package, $"{ApiEndpoints.Root}/publications/{PublicationQuestions.One.IdExample(Site) ?? "-"}/package.zip"),
        (ApiEndpoints.Root + "/openapi.json", Texts.ApiAbout_openapi, ApiEndpoints.Root + "/openapi.json"),
    ];

    private ApiForm Form(ApiOperation operation) => new(
        operation.Name,
        ApiEndpoints.Root + operation.Route,
        Text("ApiAbout_", operation.Name),
        [.. operation.AllParameters.Where(parameter => parameter.Name is not (ApiChoices.Language or ApiChoices.OffsetName)).Select(parameter => Field(operation, parameter))]);

    private ApiField Field(ApiOperation operation, ApiParameter parameter)
    {
        var options = parameter.Name switch
        {
            ApiFilters.Area => [.. Site.Definitions.Municipalities.OrderBy(area => area.NameIn(Sight.Culture), StringComparer.Create(Sight.Culture, true)).Select(area => (area.Code, area.NameIn(Sight.Culture)))],
            "indicator" => [.. Site.Figures.Series.Select(series => series.Indicator).Distinct(StringComparer.Ordinal).Select(id => (id, Site.Definitions.Indicators.TryGetValue(id, out var known) ? known.Name.In(Sight.Culture) : id))],
            ResultQuestions.Measurement => [.. MeasurementQuestions.Ids(Site).Select(id => (id, id))],
            ApiChoices.Format => ApiFormats.Names.Where(name => operation.Cube is not null || name != "json-stat").Select(name => (name, Text("ApiForm_", name))).ToArray(),
            _ => parameter.Values.Select(value => (value, value)).ToArray(),
        };
        var value = parameter.Name switch
        {
            "indicator" => operation.Parameters[0].Example(Site),
            ApiFilters.Area => Sight.Own ?? parameter.Example(Site),
            ApiFilters.Period => "latest",
            ApiChoices.LimitName => FewRows,
            ApiChoices.Format => "json",
            _ => null,
        };
        return new ApiField($"{operation.Name}-{parameter.Name}", parameter.Name, Text("ApiParameter_", parameter.Name), options, value, parameter.Name == ApiChoices.Format);
    }

    private static string Text(string prefix, string name) => Texts.ResourceManager.GetString(prefix + name.Replace('-', '_'), CultureInfo.CurrentUICulture)!;
}

/// <summary>A form that asks one question.</summary>
internal sealed record ApiForm(string Name, string Address, string Text, IReadOnlyList<ApiField> Fields);

/// <summary>A field of it: a choice where there are options, else free text.</summary>
internal sealed record ApiField(string Id, string Name, string Label, IReadOnlyList<(string Value, string Text)> Options, string? Value, bool Required);
