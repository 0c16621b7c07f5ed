// The Bot API's own objects, as far as this server speaks them. Optional fields may be undefined: JSON drops them.
export type User = {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string | undefined;
  readonly username?: string | undefined;
  readonly language_code?: string | undefined;
};

export type Chat = {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly username?: string | undefined;
};

export type Entity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
  readonly user?: User | undefined;
  readonly language?: string | undefined;
  readonly custom_emoji_id?: string | undefined;
};

export type FormattedText = { readonly text: string; readonly entities: readonly Entity[] };

export type FileObject = {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly duration?: number | undefined;
  readonly file_name?: string | undefined;
  readonly mime_type?: string | undefined;
};

export type MediaKind = 'photo' | 'document' | 'voice' | 'video' | 'audio';

export type InlineButton = {
  readonly text: string;
  readonly callback_data?: string | undefined;
  readonly url?: string | undefined;
  readonly [other: string]: unknown;
};

export type InlineKeyboard = { readonly inline_keyboard: readonly (readonly InlineButton[])[] };

export type KeyboardButton = { readonly text: string; readonly [other: string]: unknown };

export type ReplyKeyboard = {
  readonly keyboard: readonly (readonly (string | KeyboardButton)[])[];
  readonly is_persistent?: boolean | undefined;
  readonly resize_keyboard?: boolean | undefined;
  readonly one_time_keyboard?: boolean | undefined;
  readonly input_field_placeholder?: string | undefined;
  readonly selective?: boolean | undefined;
};

export type RemoveKeyboard = { readonly remove_keyboard: true; readonly selective?: boolean | undefined };
export type ForceReply = {
  readonly force_reply: true;
  readonly input_field_placeholder?: string | undefined;
  readonly selective?: boolean | undefined;
};
export type ReplyMarkup = InlineKeyboard | ReplyKeyboard | RemoveKeyboard | ForceReply;

export type Location = {
  readonly latitude: number;
  readonly longitude: number;
  readonly horizontal_accuracy?: number | undefined;
};

export type Message = {
  readonly message_id: number;
  readonly from?: User | undefined;
  readonly chat: Chat;
  readonly date: number;
  readonly edit_date?: number | undefined;
  readonly forward_origin?: unknown;
  readonly reply_to_message?: Message | undefined;
  readonly quote?: { readonly text: string; readonly position: number } | undefined;
  readonly media_group_id?: string | undefined;
  readonly text?: string | undefined;
  readonly entities?: readonly Entity[] | undefined;
  readonly caption?: string | undefined;
  readonly caption_entities?: readonly Entity[] | undefined;
  readonly photo?: readonly FileObject[] | undefined;
  readonly document?: FileObject | undefined;
  readonly voice?: FileObject | undefined;
  readonly video?: FileObject | undefined;
  readonly audio?: FileObject | undefined;
  readonly location?: Location | undefined;
  readonly pinned_message?: Message | undefined;
  readonly has_protected_content?: boolean | undefined;
  readonly show_caption_above_media?: boolean | undefined;
  readonly has_media_spoiler?: boolean | undefined;
  readonly link_preview_options?: unknown;
  readonly reply_markup?: InlineKeyboard | undefined;
};

export type CallbackQuery = {
  readonly id: string;
  readonly from: User;
  readonly message: Message | { readonly chat: Chat; readonly message_id: number; readonly date: 0 };
  readonly chat_instance: string;
  readonly data: string;
};

export type ReactionType = { readonly type: 'emoji'; readonly emoji: string };

export type Update = {
  readonly update_id: number;
  readonly message?: Message;
  readonly edited_message?: Message;
  readonly callback_query?: CallbackQuery;
  readonly my_chat_member?: unknown;
  readonly message_reaction?: unknown;
};

/** What happened, before the server gives it its number. */
export type UpdateContent = Omit<Update, 'update_id'>;

export type BotCommand = { readonly command: string; readonly description: string };
