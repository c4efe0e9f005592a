using System.IO.Compression;
using Fikspunkt.Domain;
using Fikspunkt.Web.Api;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Fikspunkt.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using IPNetwork = System.Net.IPNetwork;

namespace Fikspunkt.Web;

/// <summary>The web application and the open API over one folder with a store and publications.</summary>
public static class WebSite
{
    /// <summary>Makes the server; start it with <see cref="WebApplication.StartAsync"/> or run it to its end.</summary>
    /// <param name="options">What it shows and where it listens.</param>
    /// <exception cref="InputException">The definitions are wrong, or the program's own files are missing.</exception>
    public static WebApplication Make(SiteOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var metrics = new Metrics();
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => Limits.Set(kestrel, options));
        builder.Logging.ClearProviders().AddProvider(new Logs()).SetMinimumLevel(options.Quiet ? LogLevel.Warning : LogLevel.Information);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(StaticFiles.Read());
        builder.Services.AddSingleton(metrics);
        builder.Services.AddSingleton<Site>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Site>());
        builder.Services.AddResponseCompression(compression =>
        {
            // Length can betray a secret that stands beside what an attacker chooses; no page here holds one.
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "text/csv", "application/vnd.json-stat+json", "application/vnd.oai.openapi+json", "image/svg+xml"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.AddOutputCache(cache =>
        {
            cache.SizeLimit = 64 << 20;
            cache.MaximumBodySize = 4 << 20;
            cache.AddPolicy(PageCache.Policy, new PageCache(metrics));
        });
        ApiEndpoints.AddServices(builder.Services);
        builder.Services.AddRazorPages(pages =>
        {
            pages.Conventions.Add(new Routes());

            // Nothing is ever changed by a form here, and no key needs keeping.
            pages.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());
        }).AddApplicationPart(typeof(WebSite).Assembly).AddMvcOptions(pages =>
        {
            // What is sent along with a request is never read: it could only break the page that says so, and end in the log.
            pages.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            pages.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            pages.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        });
        builder.Services.Configure<Microsoft.Extensions.WebEncoders.WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new System.Text.Encodings.Web.TextEncoderSettings(System.Text.Unicode.UnicodeRanges.All));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        // It would make a key in the home folder, and warn when there is none, for nobody.
        var keys = builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly);
        builder.Services.Remove(keys);
        var app = builder.Build();

        // Content is read before the first request, so that a wrong folder is said at once.
        _ = app.Services.GetRequiredService<Site>();
        app.UseForwardedHeaders(Forwarded(options.Proxies));
        app.UseMiddleware<RequestWatch>();
        app.Use(Languages.Use);
        app.UseMiddleware<SecurityHeaders>();
        app.Use(LanguageChoice.Use);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/fejl/500", AllowStatusCode404Response = true });
        app.UseStatusCodePagesWithReExecute("/fejl/{0}");
        app.UseMiddleware<ApiGuard>();
        app.Use(ReadingOnly.Use);
        app.UseRouting();
        app.Use(RequestWatch.KeepRoute);
        app.UseOutputCache();
        app.Use(Freshness.Use);
        app.UseResponseCompression();
        app.Services.GetRequiredService<StaticFiles>().Map(app);
        Health.Map(app);
        DiagramEndpoints.Map(app);
        ApiEndpoints.Map(app);
        DataFiles.Map(app);
        OwnMunicipality.Map(app);
        app.MapRazorPages().CacheOutput(PageCache.Policy).WithMetadata(new Freshness.Cached());
        return app;
    }

    // Of a chain of proxies each is asked in turn, from the nearest, for as long as they are known: the first that is not is the client.
    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<IPNetwork> proxies)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            forwarded.KnownIPNetworks.Add(proxy);
        }

        return forwarded;
    }

    // Pages have the addresses of SitePages and no others.
    private sealed class Routes : IPageRouteModelConvention
    {
        public void Apply(PageRouteModel model)
        {
            model.Selectors.Clear();
            if (SitePages.All.FirstOrDefault(page => page.Page == model.ViewEnginePath) is { } known)
            {
                foreach (var route in (string[])[known.Danish, known.English])
                {
                    model.Selectors.Add(new SelectorModel { AttributeRouteModel = new AttributeRouteModel { Template = route[1..] } });
                }
            }
        }
    }
}
