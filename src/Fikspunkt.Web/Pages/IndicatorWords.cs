using System.Globalization;
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
    public static string Cell(Observation? observation, Indicator indicator) => observation switch
    {
        null => Texts.StatusNotPublished,
        { Value: { } value, Status: ObservationStatus.Provisional or ObservationStatus.Break } => $"{Number(value, indicator)} ({Status(observation.Status)})",
        { Value: { } value } => Number(value, indicator),
        _ => Status(observation.Status),
    };

    private static string Number(double value, Indicator indicator) => new ReportNumbers(CultureInfo.CurrentUICulture).Fixed(value, indicator.Decimals);
}
