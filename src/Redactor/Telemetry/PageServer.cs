using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Redactor.Telemetry;

/// <summary>One page of a <see cref="PageServer"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of <paramref name="Body"/>.</param>
/// <param name="Body">The text.</param>
public sealed record Page(int Status, string ContentType, string Body)
{
    public static Page Text(int status, string body) => new(status, "text/plain; charset=utf-8", body + "\n");
}

/// <summary>A small web server for pages about the program itself. Separate from the receiver, whose limits and load must not silence it.</summary>
public sealed class PageServer : IAsyncDisposable
{
    /// <summary>Greatest number of open connections: 32, probes and scrapers of one pod many times over.</summary>
    private const int MaxConnections = 32;

    private readonly WebApplication app;
    private ListenOptions? listener;

    /// <param name="address">Where to listen; port 0 lets the system choose.</param>
    /// <param name="pages">The pages by path. Each is made when it is asked for.</param>
    public PageServer(IPEndPoint address, IReadOnlyDictionary<string, Func<Page>> pages)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listener = listen;
            });
        });
        app = builder.Build();
        app.Run(context => AnswerAsync(context, pages));
    }

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public IPEndPoint Address => listener!.IPEndPoint!;

    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public Task StartAsync(CancellationToken cancellation = default) => app.StartAsync(cancellation);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, IReadOnlyDictionary<string, Func<Page>> pages)
    {
        Page page;
        if (!pages.TryGetValue(context.Request.Path.Value ?? "", out var make))
        {
            page = Page.Text(StatusCodes.Status404NotFound, $"no such page; there are {string.Join(", ", pages.Keys)}");
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            page = Page.Text(StatusCodes.Status405MethodNotAllowed, "pages are only read: use GET");
        }
        else
        {
            page = make();
        }

        context.Response.StatusCode = page.Status;
        context.Response.ContentType = page.ContentType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(page.Body, context.RequestAborted);
        }
    }
}
