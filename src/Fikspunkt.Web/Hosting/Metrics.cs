using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Hosting;

/// <summary>Counts what the server does, in Prometheus' text form. Labels are routes and statuses, never what somebody wrote in an address.</summary>
internal sealed class Metrics
{
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), StrongCount> requests = new();
    private readonly ConcurrentDictionary<string, Durations> durations = new(StringComparer.Ordinal);
    private long underWay;
    private long fromCache;
    private long intoCache;
    private long refreshed;
    private long refreshFailed;

    public void Begin() => Interlocked.Increment(ref underWay);

    public void End(string method, string route, int status, TimeSpan duration)
    {
        Interlocked.Decrement(ref underWay);
        requests.GetOrAdd((method, route, status), _ => new StrongCount()).Increment();
        durations.GetOrAdd(route, _ => new Durations()).Add(duration);
    }

    public void FromCache() => Interlocked.Increment(ref fromCache);

    public void IntoCache() => Interlocked.Increment(ref intoCache);

    public void Refreshed() => Interlocked.Increment(ref refreshed);

    public void RefreshFailed() => Interlocked.Increment(ref refreshFailed);

    /// <summary>Everything counted so far and the state of what is shown.</summary>
    /// <param name="content">What is shown.</param>
    /// <param name="now">The time by which its age is said.</param>
    public string Text(SiteContent content, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Head("fikspunkt_http_requests_total", "counter", "Requests by method, route and status.");
        foreach (var ((method, route, status), count) in requests.OrderBy(entry => entry.Key.Route, StringComparer.Ordinal).ThenBy(entry => entry.Key.Method, StringComparer.Ordinal).ThenBy(entry => entry.Key.Status))
        {
            Line($"fikspunkt_http_requests_total{{method=\"{method}\",route=\"{Escape(route)}\",status=\"{status}\"}}", count.Value);
        }

        Head("fikspunkt_http_request_duration_seconds", "histogram", "From the first byte understood to the last byte handed on.");
        foreach (var (route, duration) in durations.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var (buckets, seconds) = duration.Read();
            var sum = 0L;
            for (var i = 0; i < buckets.Length; i++)
            {
                sum += buckets[i];
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line($"fikspunkt_http_request_duration_seconds_bucket{{route=\"{Escape(route)}\",le=\"{bound}\"}}", sum);
            }

            Line($"fikspunkt_http_request_duration_seconds_sum{{route=\"{Escape(route)}\"}}", seconds);
            Line($"fikspunkt_http_request_duration_seconds_count{{route=\"{Escape(route)}\"}}", sum);
        }

        One("fikspunkt_http_requests_under_way", "gauge", "Requests being answered, this one among them.", Interlocked.Read(ref underWay));
        Head("fikspunkt_page_cache_total", "counter", "Pages and charts sent from memory (hit) or made (miss).");
        Line("fikspunkt_page_cache_total{result=\"hit\"}", Interlocked.Read(ref fromCache));
        Line("fikspunkt_page_cache_total{result=\"miss\"}", Interlocked.Read(ref intoCache));
        Head("fikspunkt_content_info", "gauge", "Version of what is shown.");
        Line($"fikspunkt_content_info{{version=\"{content.Version}\"}}", 1);
        One("fikspunkt_content_age_seconds", "gauge", "Since what is shown was read.", (now - content.Loaded).TotalSeconds);
        One("fikspunkt_content_publications", "gauge", "Publications shown.", content.Publications.Count);
        One("fikspunkt_content_vintages", "gauge", "Vintages shown.", content.Figures.Vintages.Count);
        One("fikspunkt_content_faults", "gauge", "Files or folders that cannot be read; the log names them.", content.Faults.Count);
        Head("fikspunkt_content_refreshes_total", "counter", "Times that the folder was read again.");
        Line("fikspunkt_content_refreshes_total{result=\"done\"}", Interlocked.Read(ref refreshed));
        Line("fikspunkt_content_refreshes_total{result=\"failed\"}", Interlocked.Read(ref refreshFailed));
        using var process = Process.GetCurrentProcess();
        One("process_resident_memory_bytes", "gauge", "Memory of the process.", process.WorkingSet64);
        One("process_cpu_seconds_total", "counter", "Processor time of the process.", process.TotalProcessorTime.TotalSeconds);
        One("process_start_time_seconds", "gauge", "When the process began, seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1e3);
        One("dotnet_gc_heap_bytes", "gauge", "Managed heap after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes);
        return text.ToString();

        void Head(string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

        void Line(string name, double value) => text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');

        void One(string name, string type, string help, double value)
        {
            Head(name, type, help);
            Line(name, value);
        }
    }

    private static string Escape(string label) => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private sealed class StrongCount
    {
        private long value;

        public long Value => Interlocked.Read(ref value);

        public void Increment() => Interlocked.Increment(ref value);
    }

    private sealed class Durations
    {
        private readonly long[] buckets = new long[Bounds.Length + 1];
        private long ticks;

        public void Add(TimeSpan duration)
        {
            var place = Array.BinarySearch(Bounds, duration.TotalSeconds);
            Interlocked.Increment(ref buckets[place < 0 ? ~place : place]);
            Interlocked.Add(ref ticks, duration.Ticks);
        }

        public (long[] Buckets, double Seconds) Read() => ([.. buckets], TimeSpan.FromTicks(Interlocked.Read(ref ticks)).TotalSeconds);
    }
}
