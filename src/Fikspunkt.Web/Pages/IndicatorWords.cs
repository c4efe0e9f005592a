using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Web.Pages;

/// <summary>Words for what an indicator and its cells are.</summary>
internal static class IndicatorWords
{
    public static string Direction(Direction direction) => direction switch
    {
        Domain.Direction.LowerIsBetter => Texts.DirectionLower,
        Domain.Direction.HigherIsBetter => Texts.DirectionHigher,
        _ => Texts.DirectionNotJudged,
    };

    public static string Status(ObservationStatus status) => status switch
    {
        ObservationStatus.Zero => Texts.StatusZero,
        ObservationStatus.Missing => Texts.StatusMissing,
        ObservationStatus.Suppressed => Texts.StatusSuppressed,
        ObservationStatus.Provisional => Texts.StatusProvisional,
        ObservationStatus.Break => Texts.StatusBreak,
        _ => Texts.StatusOk,
    };

    /// <summary>A cell: its number, or why there is none. A hidden or missing number is never shown as 0.</summary>
    public static string Cell(Observation? observation, Indicator indicator, ReportNumbers numbers) => observation switch
    {
        null => Texts.StatusNotPublished,
        { Value: { } value, Status: ObservationStatus.Provisional or ObservationStatus.Break } => $"{numbers.Fixed(value, indicator.Decimals)} ({Status(observation.Status)})",
        { Value: { } value } => numbers.Fixed(value, indicator.Decimals),
        _ => Status(observation.Status),
    };
}
