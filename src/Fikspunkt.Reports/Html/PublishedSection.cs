namespace Fikspunkt.Reports.Html;

/// <summary>What a published list of expected against actual leaves out.</summary>
internal static class PublishedSection
{
    public static void Write(HtmlBuilder html, ReportModel model, string source)
    {
    }

    public static void Municipality(HtmlBuilder html, ReportModel model, string area)
    {
    }
}
