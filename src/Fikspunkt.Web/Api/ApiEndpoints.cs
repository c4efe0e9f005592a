using System.Globalization;
using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Fikspunkt.Web.Api;

/// <summary>The open API: reads only, answers from what is in memory.</summary>
internal static class ApiEndpoints
{
    public const string Root = "/api/v1";
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void AddServices(IServiceCollection services) => ApiDocument.AddServices(services);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root);
        foreach (var operation in ApiCatalog.All)
        {
            // Only GET is described; HEAD is the same without a body. A handler of nothing but the context would not be described at all.
            group.MapGet(operation.Route, (HttpContext context, Site site) => Answer(context, operation, site.Current)).WithName(operation.Name).WithMetadata(operation);
            group.MapMethods(operation.Route, ["HEAD"], (HttpContext context, Site site) => Answer(context, operation, site.Current)).ExcludeFromDescription();
        }

        group.MapGet(PackageRoute, Package).WithName(PackageName).WithMetadata(new ApiDocument.PackageMark());
        group.MapMethods(PackageRoute, ["HEAD"], Package).ExcludeFromDescription();
        group.MapMethods("/", Reading, (HttpContext context) => Results.LocalRedirect($"{Root}/openapi.json{context.Request.QueryString}")).ExcludeFromDescription();
        group.MapMethods("/openapi.json", Reading, ApiDocument.Send).ExcludeFromDescription();
    }

    public const string PackageName = "package";
    private const string PackageRoute = "/publications/{id}/package.zip";

    /// <summary>Sets the marks by which clients ask again, and says whether they have the answer already.</summary>
    public static bool Unchanged(HttpContext context, SiteContent content, string form)
    {
        // Programs and definitions change only with the process, and every reading of the folder has its own time.
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{content.Loaded.UtcTicks:x}-{form}\""), isWeak: true);
        var modified = new DateTimeOffset(content.Loaded.UtcTicks - (content.Loaded.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.LastModified = modified;
        context.Response.Headers.CacheControl = "no-cache";
        var request = new RequestHeaders(context.Request.Headers);
        var unchanged = request.IfNoneMatch is { Count: > 0 } tags
            ? tags.Any(asked => asked.Equals(EntityTagHeaderValue.Any) || asked.Compare(tag, useStrongComparison: false))
            : request.IfModifiedSince is { } since && since >= modified;
        if (unchanged)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }

        return unchanged;
    }

    private static async Task Answer(HttpContext context, ApiOperation operation, SiteContent content)
    {
        var choices = ApiChoices.Read(operation, context.Request.Query, context.Request.RouteValues["id"] as string);
        if (ApiFormats.Choose(operation, choices, context.Request) is not { } format)
        {
            var types = string.Join(", ", ApiFormats.Types(operation));
            await ApiProblem.Write(context, StatusCodes.Status406NotAcceptable, Texts.ApiNotAcceptable, new InputProblem(Texts.ApiNotAcceptable, "Accept", Found: context.Request.Headers.Accept, Expected: types));
            return;
        }

        var table = format == ApiFormat.JsonStat ? null : operation.Ask(content, choices);
        if (table is null && format != ApiFormat.JsonStat)
        {
            await ApiProblem.Write(context, StatusCodes.Status404NotFound, Texts.ApiNoSuchId, new InputProblem(Texts.ApiNoSuchId, "id", Found: choices.Id, Expected: operation.IdExample(content)));
            return;
        }

        if (Unchanged(context, content, $"{format}-{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}"))
        {
            return;
        }

        context.Response.ContentType = ApiFormats.Type(format);
        if (table is null)
        {
            await Cube(context, operation.Cube!(content, choices), content);
        }
        else
        {
            await Rows(context, operation, table, choices, format, content);
        }
    }

    private static async Task Rows(HttpContext context, ApiOperation operation, ApiTable table, ApiChoices choices, ApiFormat format, SiteContent content)
    {
        var next = !operation.One && choices.Offset + (long)choices.Limit < table.Total ? Next(context.Request, choices.Offset + choices.Limit) : null;
        if (next is not null)
        {
            context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (format == ApiFormat.Json)
        {
            await JsonAnswer.Send(context.Response, writer => JsonAnswer.WriteBody(writer, operation, table, choices, new AnswerFrame(content.Version, content.Synthetic, next)), context.RequestAborted);
            return;
        }

        var text = new StringWriter(CultureInfo.InvariantCulture);
        CsvAnswer.Write(table, content.Definitions, text, format == ApiFormat.CsvDanish ? CsvForm.Danish : CsvForm.Standard);
        await context.Response.WriteAsync(text.ToString(), new UTF8Encoding(false), context.RequestAborted);
    }

    private static async Task Cube(HttpContext context, JsonStatCube cube, SiteContent content)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await JsonAnswer.Send(context.Response, writer => cube.Write(writer, context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent(), content.Loaded, content.Synthetic), context.RequestAborted);
        }
    }

    private static async Task Package(HttpContext context, Site site, string id)
    {
        var content = site.Current;
        if (PublicationQuestions.Find(content, id) is not { } publication || PublicationQuestions.Zip(publication) is not { } path)
        {
            await ApiProblem.Write(context, StatusCodes.Status404NotFound, Texts.ApiNoSuchId, new InputProblem(Texts.ApiNoSuchId, "id", Found: id, Expected: PublicationQuestions.One.IdExample(content)));
            return;
        }

        // A package never changes, so neither does what its id fetches.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await Results.File(path, "application/zip", $"{publication.Ids[0]}-{publication.PackageId[..8]}.zip", entityTag: new EntityTagHeaderValue($"\"{publication.PackageId}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static string Next(HttpRequest request, int offset) => QueryHelpers.AddQueryString(
        request.Path.ToUriComponent(),
        request.Query.Where(pair => pair.Key != ApiChoices.OffsetName).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value))).Append(KeyValuePair.Create(ApiChoices.OffsetName, (string?)offset.ToString(CultureInfo.InvariantCulture))));
}
