using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>Dead letters as records of a topic: the redacted record, with headers that say where it was and why it is here.</summary>
internal sealed class DeadLetterTopic(KafkaConnection connection, string topic) : IDeadLetterStore
{
    /// <summary>Greatest letter in bytes, 64 MiB as for messages: what the brokers take is for them to say.</summary>
    private const int MaxLetterBytes = 64 * 1024 * 1024;

    private readonly KafkaProducer producer = new(connection, new KafkaProducerOptions { MaxMessageBytes = MaxLetterBytes });

    public async Task<bool> TryAddAsync(DeadLetter letter)
    {
        var error = await producer.SendAsync(topic, Message(letter));
        if (error is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge)
        {
            // Its place and the reason are kept; the record itself is still where it was.
            error = await producer.SendAsync(topic, Message(letter with { Rejected = null }));
        }

        return error == ErrorCode.NoError;
    }

    public void Dispose() => producer.Dispose();

    private static Message<byte[]?, byte[]?> Message(DeadLetter letter)
    {
        var headers = new Headers();
        foreach (var header in letter.Rejected?.Envelope?.Headers ?? [])
        {
            headers.Add(header.Name, header.Value?.ToArray());
        }

        Add("redactor.topic", letter.Record.Topic);
        Add("redactor.partition", letter.Record.Partition.ToString(CultureInfo.InvariantCulture));
        Add("redactor.offset", letter.Record.Offset.ToString(CultureInfo.InvariantCulture));
        Add("redactor.reason", DeadLetterWords.Reason(letter.Reason));
        Add("redactor.encoding", DeadLetterWords.Encoding(letter.Record.Payload.Encoding));
        if (letter.Message is { } message)
        {
            Add("redactor.message", message);
        }

        return new Message<byte[]?, byte[]?>
        {
            Key = letter.Rejected?.Envelope?.Key?.ToArray(),
            Value = letter.Rejected is { } rejected ? rejected.Bytes.ToArray() : Encoding.UTF8.GetBytes(DeadLetter.MaskedWhole),
            Headers = headers,
        };

        void Add(string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
    }
}
