using System.Text;
using System.Text.Json.Nodes;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fikspunkt.Web.Charts;

/// <summary>Charts as specifications for the browser, and their figures as files.</summary>
internal static class DiagramEndpoints
{
    private const string Danish = ".dansk";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["", "/en"])
        {
            routes.MapMethods(prefix + "/diagram/{name}.{format}", ["GET", "HEAD"], Get).CacheOutput(PageCache.Policy).WithMetadata(new Freshness.Cached()).ExcludeFromDescription();
        }
    }

    private static async Task Get(HttpContext context, string name, string format)
    {
        var sight = Sights.Of(context);
        var danish = format == "csv" && name.EndsWith(Danish, StringComparison.Ordinal);
        var chartName = danish ? name[..^Danish.Length] : name;
        if (chartName == WorkbenchDiagrams.Name)
        {
            await WorkbenchDiagrams.Fitted(sight);
        }

        if (format is not ("json" or "csv" or "xlsx") || Diagrams.Make(chartName, sight) is not { } chart)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        switch (format)
        {
            case "json":
                context.Response.ContentType = "application/json; charset=utf-8";
                await context.Response.WriteAsync(Page(chart).ToJsonString(PageData.Json), context.RequestAborted);
                break;
            case "csv":
                var text = new StringWriter();
                MeasurementFiles.WriteCsv(chart.Table, sight.Content.Definitions, text, danish ? CsvForm.Danish : CsvForm.Standard);
                context.Response.ContentType = "text/csv; charset=utf-8";
                Attach(context, chart, "csv");
                await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
                break;
            default:
                using (var workbook = new MemoryStream())
                {
                    MeasurementWorkbook.Write(chart.Table, chart.Title, chart.Source, sight.Content.Synthetic, sight.Content.Definitions, workbook);
                    context.Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                    Attach(context, chart, "xlsx");
                    await context.Response.Body.WriteAsync(workbook.GetBuffer().AsMemory(0, (int)workbook.Length), context.RequestAborted);
                }

                break;
        }
    }

    private static void Attach(HttpContext context, SiteChart chart, string extension) =>
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{chart.Name}.{extension}\"";

    private static JsonObject Page(SiteChart chart)
    {
        var page = PageData.Page(Sight.Culture, [], []);
        page.Remove("charts");
        page.Remove("data");
        page["name"] = chart.Name;
        page["title"] = chart.Title;
        page["source"] = chart.Source;
        page["spec"] = chart.Spec.DeepClone();
        return page;
    }
}
