namespace Fikspunkt.Web.Api;

/// <summary>Every question that the API answers.</summary>
internal static class ApiCatalog
{
    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        AreaQuestions.All,
        AreaQuestions.One,
        IndicatorQuestions.All,
        IndicatorQuestions.One,
        ObservationQuestions.All,
        MeasurementQuestions.All,
        MeasurementQuestions.One,
        ResultQuestions.All,
        PublicationQuestions.All,
        PublicationQuestions.One,
        PublicationQuestions.Files,
    ];
}
