using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fikspunkt.Web.Hosting;

/// <summary>How much one client may ask for.</summary>
internal static class Limits
{
    public static void Set(KestrelServerOptions kestrel, SiteOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 << 10;
        kestrel.Limits.MaxRequestLineSize = 8 << 10;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.RequestHeadersTimeout = options.Patience;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MaxConcurrentConnections = 2_000;
    }
}
